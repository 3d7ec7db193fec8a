// What is typed into the forms of sources.
import type { Fault } from '../../domain/check.ts';
import { readRole, type SourceRole } from '../../domain/source-roles.ts';
import { urlKey, type UrlKey } from '../../domain/url-key.ts';
import { isWrapper } from '../../domain/wrapper.ts';
import { type Form, formBody, formOf, readFlag, readLine, readText } from '../../web/forms.ts';

/** `title` and `body` come from the form of a new topic, whose address is added here instead. */
export type AddField = 'url' | 'role' | 'title' | 'body';

export interface AddInput {
  readonly form: Form<AddField>;
  /** Without a word of what is wrong. */
  readonly unchecked: Form<AddField>;
  readonly paywall: boolean;
  /** Whether a text came along that is to become a reply. */
  readonly hasText: boolean;
  /** Undefined when something is wrong. */
  readonly source:
    { readonly address: UrlKey; readonly role: SourceRole; readonly paywall: boolean } | undefined;
}

export function readAddForm(sent: unknown): AddInput {
  const fields = formBody(sent);
  const typed = {
    url: readLine(fields, 'url'),
    // The form of a new topic asks for none.
    role: readLine(fields, 'role') || 'report',
    title: readLine(fields, 'title'),
    body: readText(fields, 'body'),
  };
  const paywall = readFlag(fields, 'paywall');
  const address = urlKey(typed.url);
  const role = readRole(typed.role);
  const form = formOf(typed, {
    url: address.ok ? undefined : address.reason,
    role: role ? undefined : 'Choose what it is.',
  });
  const source = address.ok && role ? { address, role, paywall } : undefined;
  return { form, unchecked: formOf(typed), paywall, hasText: /\S/.test(typed.body), source };
}

export const emptyAddForm: Form<AddField> = formOf({ url: '', role: 'report', title: '', body: '' });

const CHANGES = [
  'role',
  'address',
  'paywall',
  'no-paywall',
  'remove',
  'take-back-role',
  'take-back-address',
] as const;
export type ChangeName = (typeof CHANGES)[number];
export type ChangeField = 'url' | 'role';

export interface ChangeInput {
  /** Which button was pressed; undefined when none of ours. */
  readonly name: ChangeName | undefined;
  readonly form: Form<ChangeField>;
  /** Null when the form names none, or none that can be used. */
  readonly role: SourceRole | null;
  readonly address: UrlKey | null;
}

export function readChangeForm(sent: unknown): ChangeInput {
  const fields = formBody(sent);
  // What others suggested, and this member says too.
  const agreed = { url: readLine(fields, 'agree-address'), role: readLine(fields, 'agree-role') };
  const typed = {
    url: agreed.url || readLine(fields, 'url'),
    role: agreed.role || readLine(fields, 'role'),
  };
  const pressed = agreed.url ? 'address' : agreed.role ? 'role' : readLine(fields, 'do');
  const name = CHANGES.find((known) => known === pressed);
  const role = readRole(typed.role);
  const address = urlKey(typed.url);
  return {
    name,
    form: formOf(typed, {
      role: name === 'role' && !role ? 'Choose what it is.' : undefined,
      url: name === 'address' ? faultOf(address) : undefined,
    }),
    role: role ?? null,
    address: address.ok ? address : null,
  };
}

function faultOf(address: ReturnType<typeof urlKey>): Fault {
  if (!address.ok) return address.reason;
  return isWrapper(address.shown)
    ? 'This address hides the publisher, too. Open the article and copy the address from the publisher’s own page.'
    : undefined;
}
