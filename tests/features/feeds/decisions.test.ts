// The moderation log as a feed: an entry a decision, changed when it is undone, with nothing of what was hidden.
import { actions } from '../../../src/db/schema/index.ts';
import { decisions } from '../log/deciding.ts';
import { expect, test } from '../../support/forum.ts';
import { readJson } from './reader.ts';
import { parseXml } from './xml.ts';

const SITE = 'http://localhost:3000';
const [ATOM, JSON_FEED] = ['/moderation/log/feed.atom', '/moderation/log/feed.json'];

test('both formats have an entry for each decision, with what the log says of it', async ({
  make,
  as,
  db,
  clock,
}) => {
  const { decide, undo } = decisions(db, clock);
  const by = await make.member({ name: 'marta_l', role: 'moderator' });
  const topic = await make.topic({ title: 'Prices & <margins>' });
  const author = await make.member({ name: 'old_iron' });
  const replies = [await make.reply({ topic, author }), await make.reply({ topic })];
  const id = await decide({
    ...{ by, topicId: topic.id, postId: replies[0]!.id, postIds: replies.map((reply) => reply.id) },
    ...{ reason: 'A quarrel', rule: 2 },
  });
  const browser = as.visitor();
  const items = async () => (await readJson(browser, JSON_FEED)).items;
  const topicLink = `<a href="${SITE}/t/${topic.id}">old_iron in Prices &amp; &lt;margins&gt;</a>`;
  const made = {
    id: `tag:localhost,2026:decision/${id}`,
    url: `${SITE}/moderation/log?decision=${id}`,
    title: 'Reply hidden: A quarrel (rule 2)',
    content_html: `<ul><li>${topicLink}</li><li>2 posts in all</li><li>By marta_l</li><li>Stands</li></ul>`,
    date_published: '2026-04-03T14:30:00.000Z',
    date_modified: '2026-04-03T14:30:00.000Z',
    authors: [{ name: 'marta_l' }],
  };
  expect(await items()).toEqual([made]);
  expect(
    (await browser.visit(`/moderation/log?decision=${id}`)).document.querySelectorAll('td strong'),
  ).toHaveLength(2);

  clock.advance({ hours: 1 });
  await undo(id, { by, topicId: topic.id, reason: 'Misread' });
  const changed = (await items())[1];
  expect(changed).toMatchObject({ id: made.id, date_published: made.date_published });
  expect(changed?.date_modified).toBe('2026-04-03T15:30:00.000Z');
  expect(changed?.content_html).toContain('Undone by marta_l, 3 April 2026, 15:30 UTC');

  const feed = parseXml((await browser.get(ATOM)).text);
  expect(feed.child('title').text).toBe('Tokenwire: Moderation log');
  expect(feed.child('updated').text).toBe('2026-04-03T15:30:00.000Z');
  const [undoing, entry] = feed.children('entry');
  expect(undoing?.child('title').text).toBe('Topic restored: Misread');
  expect(entry?.child('content').text).toBe(changed?.content_html);
  expect(entry?.child('id').text).toBe(made.id);
  expect(entry?.child('author').child('name').text).toBe('marta_l');
  expect(entry?.children('category')).toEqual([]);
  for (const name of ['updated', 'published'])
    expect(entry?.child(name).text).toMatch(/^2026-04-03T1[45]:30:00.000Z$/);
});

test('what is hidden, and that something awaited approval, is in neither', async ({
  make,
  as,
  db,
  clock,
}) => {
  const { decide } = decisions(db, clock);
  const by = await make.member({ role: 'moderator' });
  const hidden = await make.topic({ title: 'Phone number of a researcher', hiddenAt: clock.now() });
  const refused = await make.topic({ title: 'Buy this', heldAt: clock.now(), hiddenAt: clock.now() });
  await decide({ by, topicId: hidden.id, postIds: [hidden.openingPostId], reason: 'Private details' });
  await decide({
    by,
    kind: 'refuse',
    topicId: refused.id,
    postIds: [refused.openingPostId],
    reason: 'Promotion',
  });
  await decide({ by, kind: 'keep', topicId: hidden.id, reason: 'Kept as it is' });
  for (const path of [ATOM, JSON_FEED]) {
    const { text } = await as.visitor().get(path);
    expect(text).toContain('Private details');
    for (const word of ['Phone', 'Buy this', hidden.slug, refused.slug, 'Kept as it is', `/t/${refused.id}`])
      expect(text, path).not.toContain(word);
  }
});

test('all decisions of the last two days are in it, and of quiet times the newest thirty', async ({
  make,
  as,
  db,
  clock,
}) => {
  const topic = await make.topic();
  const decided = { kind: 'lock', automatic: true, reason: 'Done with', topicId: topic.id } as const;
  const each = (hours: number) => (_: unknown, n: number) => ({
    ...decided,
    at: clock.ago({ hours, minutes: n }),
  });
  await db
    .insert(actions)
    .values([...Array.from({ length: 33 }, each(1)), ...Array.from({ length: 3 }, each(48))]);
  const count = async () => (await readJson(as.visitor(), JSON_FEED)).items.length;
  // The first of those of two days ago is just inside.
  expect(await count()).toBe(34);
  clock.advance({ days: 9 });
  expect(await count()).toBe(30);
});

test('readers find the feeds from the log, and ask again by ETag', async ({ make, as, db, clock }) => {
  const { decide, undo } = decisions(db, clock);
  const topic = await make.topic();
  const id = await decide({ topicId: topic.id });
  const browser = as.visitor();
  const log = await browser.visit('/moderation/log');
  const links = [...log.document.querySelectorAll('head link[rel=alternate]')].map((link) =>
    link.getAttribute('href'),
  );
  expect(links).toEqual([ATOM, JSON_FEED]);
  for (const path of [ATOM, JSON_FEED]) {
    const first = await browser.get(path);
    expect(first.headers['cache-control']).toBe('public, no-cache');
    const again = { 'if-none-match': String(first.headers.etag) };
    expect((await browser.get(path, again)).status).toBe(304);
  }
  const { etag } = (await browser.get(ATOM)).headers;
  await undo(id, { topicId: topic.id });
  expect((await browser.get(ATOM, { 'if-none-match': String(etag) })).status).toBe(200);
});
