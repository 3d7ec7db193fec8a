// Filling one form with one string as a stubborn person would: into every field at once; then, where some refuse it,
// again with those put right, until the form is taken. What is wrong on the way is a fault.
import { unescapeHtml } from '../../src/lib/html.ts';
import { faultsIn } from '../lib/markdown/strict-html.ts';
import type { Answer, Fields } from './fields-client.ts';
import type { Comes, Form, Occasion } from './fields-form.ts';
import { judge, type Judged } from './fields-judge.ts';
import type { Tally } from './fields-tally.ts';
import type { World } from './fields-world.ts';

const MOST_SENDS = 5;

/** Sends the form until it is taken. Returns what was wrong with any of the answers. */
export async function fillForm(form: Form, world: World, text: string, tally: Tally): Promise<string[]> {
  const faults: string[] = [];
  const names = Object.keys(form.typed);
  const occasion = await form.occasion(world);
  const { who, path, sound } = occasion;
  let fields: Fields = { ...sound, ...Object.fromEntries(names.map((name) => [name, text])) };
  const refused = new Map<string, string>();
  let judged: Judged;
  for (let sends = 1; ; sends += 1) {
    judged = judge(await who.post(path, fields));
    faults.push(...judged.faults, ...lostIn(form.typed, fields, judged));
    const { status } = judged.answer;
    if (status < 400 || sends === MOST_SENDS) break;
    const next = putRight(form, occasion, fields, judged, refused);
    if (!next) break;
    fields = next;
  }
  const { status } = judged.answer;
  const whole = status < 400 ? '' : reasonOf(judged);
  for (const name of names)
    tally.add(`${form.route} ${name}`, text, { status, refused: refused.get(name) ?? whole });
  if (status < 400) faults.push(...(await faultsOfPlaces(form, occasion, judged.answer, fields, refused)));
  return faults;
}

/** Choices that make a form do something else than it is for. */
const DETOURS = ['preview', 'undo', 'remove', 'fetch', 'headline', 'carry'];

/** Puts the string where a person can only choose, or sees nothing at all: with the detours and without them. */
export async function fillChoices(form: Form, world: World, text: string): Promise<string[]> {
  const faults: string[] = [];
  for (const names of [form.chosen, form.chosen.filter((name) => !DETOURS.includes(name))]) {
    const { who, path, sound } = await form.occasion(world);
    const chosen = Object.fromEntries(names.map((name) => [name, text]));
    faults.push(...judge(await who.post(path, { ...sound, ...chosen })).faults);
  }
  return faults;
}

/** The form with what was refused put right; undefined when nobody could say what to do. */
function putRight(
  { typed }: Form,
  { sound }: Occasion,
  fields: Fields,
  { page }: Judged,
  refused: Map<string, string>,
): Fields | undefined {
  const wrong = Object.keys(typed).filter((name) => !refused.has(name) && page?.errors.has(name) === true);
  if (page?.notices.startsWith('Already here.') === true && !refused.has('url')) wrong.push('url');
  for (const name of wrong) refused.set(name, page?.errors.get(name) ?? 'Already here.');
  if (wrong.length > 0)
    return { ...fields, ...Object.fromEntries(wrong.map((name) => [name, sound[name] ?? ''])) };
  // "The same story?" is answered by pressing the button again.
  const again = page?.values.get('again')?.[0];
  return again === undefined || again === fields.again ? undefined : { ...fields, again };
}

function reasonOf({ page, answer }: Judged): string {
  const said = page?.notices ?? '';
  return said === '' ? `${answer.status}` : `${answer.status} ${said.slice(0, 60)}`;
}

/** Fields that do not come back as they were typed on the page that refuses them. */
function lostIn(typed: Form['typed'], fields: Fields, { page, answer }: Judged): string[] {
  if (answer.status < 400 || answer.status === 429 || !page || page.errors.size === 0) return [];
  return Object.entries(typed).flatMap(([name, comes]) => {
    const wanted = asItComesBack(comes, fields[name] ?? '');
    const there = page.values.get(name) ?? [];
    if (comes === 'secret') return there.some((value) => value !== '') ? [`${name} is shown`] : [];
    return there.includes(wanted) ? [] : [`${name} came back as ${JSON.stringify(there).slice(0, 200)}`];
  });
}

function asItComesBack(comes: Comes, typed: string): string {
  const text = asSent(typed);
  switch (comes) {
    case 'line':
      return text.replace(/\s+/gu, ' ').trim();
    case 'trimmed':
      return text.trim();
    case 'body':
      return text.replace(/^(?:[ \t]*\n)+/, '').trimEnd();
    default:
      return text;
  }
}

/** What of a string can be in a form at all. */
function asSent(typed: string): string {
  return typed.toWellFormed().replaceAll('\0', '').replace(/\r\n?/g, '\n');
}

/** What is wrong with the pages on which accepted fields show. */
async function faultsOfPlaces(
  { asText = {} }: Form,
  { shows }: Occasion,
  answer: Answer,
  fields: Fields,
  refused: ReadonlyMap<string, string>,
): Promise<string[]> {
  if (answer.headers['content-type']?.includes('json') === true) return faultsOfPreview(answer);
  if (!shows) return [];
  const faults: string[] = [];
  const texts: string[] = [];
  for (const { path, who } of shows(answer)) {
    const judged = await follow(path, who);
    faults.push(...judged.faults);
    if (judged.answer.status !== 200) faults.push(`${judged.answer.asked}: ${judged.answer.status}`);
    faults.push(
      ...faultsOfJsonLd(
        judged,
        refused.has('title') ? undefined : asText.title?.(asSent(fields.title ?? '')),
      ),
    );
    texts.push(collapsed(judged.page?.text ?? unescapeHtml(judged.answer.text)));
  }
  for (const [name, shown] of Object.entries(asText)) {
    const wanted = collapsed(shown(asSent(fields[name] ?? '')));
    if (!refused.has(name) && !texts.some((text) => text.includes(wanted)))
      faults.push(`${name} does not show as ${JSON.stringify(wanted)}`);
  }
  return faults;
}

/** Structured data has the title as it was typed, cleaned: as data, it is not escaped for a page. */
function faultsOfJsonLd({ page }: Judged, title: string | undefined): string[] {
  return (page?.jsonLd ?? []).flatMap((data) => {
    const { '@type': type, headline } = data as { readonly '@type': string; readonly headline?: string };
    // The way to the page and the forum itself have names of their own.
    return title === undefined || type !== 'DiscussionForumPosting' || headline === title
      ? []
      : [`JSON-LD has ${JSON.stringify(headline)}`];
  });
}

function collapsed(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

async function follow(path: string, who: Occasion['who']): Promise<Judged> {
  const judged = judge(await who.get(path));
  const { location } = judged.answer.headers;
  return location !== undefined && judged.faults.length === 0 ? judge(await who.get(location)) : judged;
}

/** A preview is HTML that a script puts into the page: nothing may be in it but what Markdown can say. */
function faultsOfPreview({ text }: Answer): string[] {
  const { html = '' } = JSON.parse(text) as { readonly html?: string };
  const plain = html
    .replaceAll(/(?<=(?:#|id="))[0-9a-f]{10}-/g, 'p1-')
    // A backslash in a query is a character like others.
    .replaceAll(/(?<=href="[^"]*\?[^"]*)\\/g, '%5C');
  return faultsIn(plain);
}
