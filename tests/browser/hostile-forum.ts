// A forum full of hostile strings, put there through its front door, for Chromium to look at.
import type { StringList } from '../support/corpora.ts';
import type { Fields, Person } from '../hostile/fields-client.ts';
import { readPage } from '../hostile/fields-reader.ts';
import type { World } from '../hostile/fields-world.ts';
import { inLanes } from '../hostile/fields-lanes.ts';

/** The strings of the lists; of those that differ in numbers alone, one. */
export function stringsOf(lists: readonly StringList[]): string[] {
  const strings = lists.flatMap((list) => list.strings);
  return [...new Map(strings.map((text) => [text.replace(/\d+/g, '0'), text])).values()];
}

/** Strings side by side, a line each, in texts of at most so many characters; what is longer alone is left out. */
export function packed(strings: readonly string[], most: number): string[] {
  const packs: string[] = [];
  let pack = '';
  for (const text of strings) {
    if (text.length > most) continue;
    if (pack.length + 1 + text.length > most) {
      packs.push(pack);
      pack = text;
    } else pack += pack === '' ? text : `\n${text}`;
  }
  return pack === '' ? packs : [...packs, pack];
}

/** So many replies stand on one page (domain/limits.ts). */
const REPLIES_A_PAGE = 200;

/** Posts each string as a reply of its own. Returns the pages they are on, and how many were refused. */
export async function postReplies(
  worlds: readonly World[],
  strings: readonly string[],
): Promise<{ readonly pages: string[]; readonly refused: number }> {
  const pages: string[] = [];
  let refused = 0;
  for (let at = 0; at < strings.length; at += REPLIES_A_PAGE) {
    const topic = await (worlds[0] as World).otherTopic();
    pages.push(`/t/${topic.id}/${topic.slug}`);
    await inLanes(worlds, strings.slice(at, at + REPLIES_A_PAGE), async (world, text) => {
      world.pause(6);
      const { status } = await world.writer.post(`/t/${topic.id}/reply`, { body: text });
      if (status >= 400) refused += 1;
      return [];
    });
  }
  return { pages, refused };
}

/** Posts a topic for each string: as its title, its address and its tags, where these take it. */
export async function postTopics(worlds: readonly World[], strings: readonly string[]): Promise<string[]> {
  const pages: string[] = [];
  await inLanes(worlds, strings, async (world, text) => {
    await world.nextTopic();
    const sound = { url: '', title: `Sound ${world.word()}`, tags: '', section: 'funding' };
    let fields: Fields = { ...sound, url: text, title: text, tags: text, body: text };
    for (let sends = 1; sends <= 4; sends += 1) {
      const answer = await world.writer.post('/submit', fields);
      if (answer.status < 400) {
        pages.push(answer.headers.location ?? '');
        break;
      }
      const { errors, notices, values } = readPage(answer.text);
      const wrong = [...errors.keys(), ...(notices.startsWith('Already here') ? ['url'] : [])];
      const put = Object.entries({ ...sound, body: 'Sound' }).filter(([name]) => wrong.includes(name));
      fields = { ...fields, ...Object.fromEntries(put), again: values.get('again')?.[0] ?? '' };
    }
    return [];
  });
  return pages;
}

/** Sends a form that has to be taken. @throws saying why it was not. */
export async function send(who: Person, path: string, fields: Fields): Promise<void> {
  const { status, text } = await who.post(path, fields);
  if (status < 400) return;
  const { errors, notices } = readPage(text);
  throw new Error(
    `${path}: ${status} ${[...errors].join('; ')} ${notices} for ${JSON.stringify(fields).slice(0, 200)}`,
  );
}
