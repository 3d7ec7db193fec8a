// A form that was sent and could not be answered: read, even where the request never got as far as that, so that the page
// that says so can hold what was typed and send it again.
import type { FastifyRequest } from 'fastify';
import { formBody, readText } from './forms.ts';
import { safeNext } from './paths.ts';

export interface SentForm {
  /** Where it was sent to. */
  readonly action: string;
  /** What somebody typed. */
  readonly typed: readonly SentField[];
  /** Passwords and codes: they are typed again rather than written into a page. */
  readonly secret: readonly SentField[];
  /** What the page sent along. */
  readonly hidden: readonly SentField[];
}
interface SentField {
  readonly name: string;
  /** '' for what nobody typed. */
  readonly label: string;
  readonly value: string;
  /** Lines to show of it. */
  readonly rows: number;
}

/** What people type, in the words of the forms that ask for it. */
const LABELS: Readonly<Record<string, string>> = {
  title: 'Title',
  url: 'Link',
  tags: 'Tags',
  body: 'Text',
  note: 'Note',
  reason: 'Reason',
  about: 'About you',
  affiliation: 'Affiliation',
  name: 'Name',
  label: 'Name',
  email: 'E-mail',
  tagline: 'Tagline',
  rules: 'Rules',
  privacy: 'Privacy',
  contact: 'Contact',
  description: 'Description',
  password: 'Password',
  passwordForName: 'Current password',
  passwordForEmail: 'Current password',
  current: 'Current password',
  code: 'Code',
  recovery: 'Recovery code',
};
const LONG_ROWS = 12;

const SECRET = /password|^(current|code|recovery)$/;

/** Null for requests that sent no form. */
export async function readSentForm(request: FastifyRequest): Promise<SentForm | null> {
  if (request.method !== 'POST' || !isForm(request)) return null;
  const body = formBody(request.body ?? (await readUnparsed(request)));
  const all = Object.keys(body).map((name) => ({
    name,
    label: LABELS[name] ?? '',
    value: SECRET.test(name) ? '' : readText(body, name),
    rows: name === 'body' ? LONG_ROWS : LABELS[name] ? 1 : 2,
  }));
  const isSecret = ({ name }: SentField): boolean => SECRET.test(name);
  const fields = all.filter((field) => !isSecret(field));
  // Reasons are chosen more often than written, and a choice has no spaces.
  const isTyped = ({ name, label, value }: SentField): boolean =>
    label !== '' && value !== '' && (name !== 'reason' || /\s/.test(value));
  return {
    action: safeNext(request.url),
    typed: fields.filter(isTyped),
    secret: all.filter(isSecret),
    hidden: fields.filter((field) => !isTyped(field)),
  };
}

function isForm({ headers }: FastifyRequest): boolean {
  return headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
}

/** Without its session, a request is refused before its body is read. */
async function readUnparsed({ raw, routeOptions }: FastifyRequest): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of raw as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= routeOptions.bodyLimit) chunks.push(chunk);
  }
  if (size > routeOptions.bodyLimit) return {};
  return Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
}
