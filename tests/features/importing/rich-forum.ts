// A forum in which everything happened that a file of the format can tell of: by the front door where there is one.
import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import {
  formerNames,
  members,
  posts,
  revisions,
  sections,
  sources,
  tags,
  topics,
  votes,
} from '../../../src/db/schema/index.ts';
import { skeletonOf } from '../../../src/domain/member-name.ts';
import { renderImported } from '../../../src/features/threads/index.ts';
import type { SafeHtml } from '../../../src/lib/html.ts';
import { paths } from '../../../src/web/paths.ts';
import { expect } from '../../support/forum.ts';
import type { TopicRow } from '../../support/make.ts';
import { putInQueue } from '../../support/moderation-rows.ts';
import { type Cast, type Fixtures, GONE, marks, whatModeratorsHid } from './rich-moderation.ts';
import { settleCounters } from '../threads/counting.ts';

export const PASSWORD = 'correct horse, battery staple';
/** What files, arrays, JSON and pages may each stumble over in a way of their own. */
const AWKWARD = [
  'Line\u2028and\u2029paragraph separators, a next line\u0085, a \uFEFF mark',
  'crlf\r\nand a lone\rreturn',
  '"double", \'single\', \\ back, \\\\ twice, \\n not a line, {braces}, {}, {"a",NULL}',
  'NULL',
  'null, undefined, \\N, \\x41, $1, %s, ${x}, &amp; &lt;b&gt; <script>alert(1)</script>',
  'emoji 👩‍🚀🏳️‍🌈😀, combined e\u0301, right-to-left \u05D0\u05D1\u202E, zero\u200Bwidth, tab\tand  spaces ',
  '',
  '   ',
].join('\n\n');

/** Makes it; counters are true when it returns. */
export async function makeRichForum(fixtures: Fixtures): Promise<Cast> {
  const cast = await makeMembers(fixtures);
  await makePlaces(fixtures.db);
  await aDiscussion(fixtures, cast);
  await whatIsGone(fixtures, cast);
  await whatModeratorsHid(fixtures, cast);
  await marks(fixtures, cast);
  await awkwardTexts(fixtures, cast);
  await renderBodies(fixtures);
  await settleCounters(fixtures.db);
  return cast;
}

/** What `make` put in place is HTML of its own; pages are compared as the forum renders them. */
async function renderBodies({ db, forum }: Fixtures): Promise<void> {
  const rows = await db
    .select({ id: posts.id, markdown: posts.bodyMd, title: topics.title })
    .from(posts)
    .leftJoin(topics, eq(topics.openingPostId, posts.id));
  const texts = rows.map(({ markdown, title }) => ({ markdown, ...(title !== null && { title }) }));
  const rendered = await renderImported(forum.app, texts);
  for (const [index, { html }] of rendered.entries())
    await db.update(posts).set({ bodyHtml: html }).where(eq(posts.id, rows[index]!.id));
}

async function makeMembers({ make, clock, db }: Fixtures): Promise<Cast> {
  const anna = await make.member({
    name: 'anna',
    password: PASSWORD,
    about: `Builds *grids*.\n\n${'ä😀'.repeat(10)}`,
    affiliation: 'Grid & "Sons"',
    link: 'https://example.org/anna?a=1&b=2',
    pronouns: 'she / her',
    theme: 'dark',
    density: 'compact',
    textSize: 'large',
    usesKeys: false,
    pageSize: 60,
    replySort: 'new',
    listSort: 'active',
    hidesModelWritten: true,
    renamedAt: clock.ago({ days: 3 }),
    flagsDecided: 7,
    flagsUpheld: 5,
  });
  const bart = await make.member({ name: 'Bart_2', email: 'Bart@Example.ORG', password: PASSWORD });
  const mira = await make.member({ name: 'mira', role: 'moderator', password: PASSWORD });
  await make.member({ name: 'ada', role: 'admin', password: PASSWORD });
  await make.member({ name: 'without-email', email: null, confirmedAt: null });
  await make.member({ name: 'unconfirmed', confirmedAt: null, joinedAt: clock.now(), topicsRead: 0 });
  await db.insert(formerNames).values({
    nameKey: 'anna-before',
    nameSkeleton: skeletonOf('anna-before'),
    memberId: anna.id,
    usedUntil: clock.ago({ days: 3 }),
  });
  return { anna, bart, mira };
}

async function makePlaces(db: Database): Promise<void> {
  await db.update(sections).set({ modifier: 0.1 + 0.2, description: 'Chips, "power" & cooling' });
  // The one above has the higher id.
  const [transformers] = await db
    .insert(tags)
    .values({
      slug: 'transformers',
      name: 'Transformers',
      modifier: -1 / 3,
      aliases: ['trafos', 'umspanner'],
    })
    .returning();
  const [power] = await db
    .insert(tags)
    .values({
      slug: 'power',
      name: 'Power',
      kind: 'subject',
      description: 'What it all runs on.',
      ordinary: true,
    })
    .returning();
  await db.insert(tags).values({ slug: '東京電力', name: '東京電力', kind: 'company', parentId: power!.id });
  await db.update(tags).set({ parentId: power!.id }).where(eq(tags.id, transformers!.id));
  // One that was merged away, and one below it.
  const [merged] = await db
    .insert(tags)
    .values({ slug: 'leistung', name: 'Leistung', aliases: ['strom'], mergedIntoId: power!.id })
    .returning();
  await db.insert(tags).values({ slug: 'tarife', name: 'Tarife', parentId: merged!.id });
}

/** A link topic as people write one: sources, tags, votes, mentions, edits. */
async function aDiscussion({ db, make, as, clock }: Fixtures, { anna, bart, mira }: Cast): Promise<void> {
  const browser = await as.member(anna);
  const submitted = await browser.post(paths.submit(), {
    title: 'Transformers are lat',
    section: 'infrastructure',
    url: 'https://gridledger.example/late?utm_source=x&id=7#top',
    tags: 'transformers, power, new-tag',
    body: 'How late, @bart_2?\n\n```js\nconst a = "<b>";\n```\n\n> a quote\n\n1. one\n2. two',
    form_id: 'form-of-the-topic',
  });
  const id = Number(/^\/t\/(\d+)/.exec(submitted.headers.location as string)?.[1]);
  const [topic] = await db
    .select()
    .from(topics)
    .where(eq(topics.id, id as TopicRow['id']));
  const opening = topic!.openingPostId!;
  await db.insert(sources).values({
    topicId: topic!.id,
    addedById: bart.id,
    addedAt: clock.now(),
    url: 'https://wire.example/first',
    urlKey: 'wire.example/first',
    keyVersion: 1,
    publisherHost: 'wire.example',
    publisher: 'The "Wire"',
    role: 'first_report',
    title: 'First',
    description: '',
    author: 'A. Writer',
    language: 'de-AT',
    paywall: true,
    publishedAt: clock.ago({ days: 1 }),
    state: 'dead',
  });
  // Within five minutes, after that, and with the title.
  const edit = async (given: Record<string, string>): Promise<void> => {
    const saved = await (await browser.visit(paths.postEdit(opening))).press('Save', given);
    expect(saved.status).toBe(200);
  };
  clock.advance({ minutes: 2 });
  await edit({ body: 'How late, @bart_2? A slip.' });
  clock.advance({ minutes: 10 });
  await edit({ title: 'Transformers are late' });
  clock.advance({ minutes: 10 });
  await edit({ body: 'How *late*, @bart_2?\n\nSee <https://example.org/a?b=c&d=e>.' });
  await db.update(revisions).set({ blankedAt: clock.now() }).where(eq(revisions.version, 2));

  const first = await make.reply({
    topic: topic as TopicRow,
    author: bart,
    body: 'Two years.',
    purpose: 'source',
  });
  const below = await make.reply({
    topic: topic as TopicRow,
    parent: first,
    author: anna,
    body: 'Or three?',
  });
  const nobody = await make.reply({ topic: topic as TopicRow, parent: below, body: 'Of a former member.' });
  await db.update(posts).set({ authorId: null }).where(eq(posts.id, nobody.id));
  await make.reply({
    topic: topic as TopicRow,
    body: 'Written by a model.',
    modelWritten: true,
    baseScore: -12,
  });
  await make.reply({ topic: topic as TopicRow, body: 'Much praised elsewhere.', baseScore: 1_000 });
  for (const member of [bart, mira]) await make.vote({ post: opening, member });
  for (const member of [anna, mira]) await make.vote({ post: first.id, member });
  await db
    .update(votes)
    .set({ counted: false })
    .where(sql`member_id = ${mira.id} and post_id = ${first.id}`);
}

/** Withdrawn texts, some erased already, and those that wait for approval. */
async function whatIsGone({ db, make, as, clock }: Fixtures, { anna, bart }: Cast): Promise<void> {
  const topic = await make.topic({ title: 'Regrets', author: bart, body: 'Who regrets what?' });
  const regretted = await make.reply({ topic, author: anna, body: `${GONE} regretted` });
  await make.reply({ topic, parent: regretted, author: bart, body: 'An answer that stays.' });
  const erased = await make.reply({ topic, author: anna, body: `${GONE} erased` });
  const browser = await as.member(anna);
  for (const { id } of [regretted, erased])
    await (await browser.visit(paths.postWithdraw(id))).press('Delete');
  await db
    .update(posts)
    .set({ bodyMd: '', bodyHtml: '' as SafeHtml })
    .where(eq(posts.id, erased.id));
  const heldAt = clock.ago({ minutes: 30 });
  const held = await make.reply({ topic, author: anna, body: `${GONE} held`, heldAt });
  await putInQueue(db, { post: held.id, kind: 'held' });

  const own = await make.topic({ title: `Taken back ${GONE}`, author: anna, body: `${GONE} taken back` });
  await make.reply({ topic: own, author: bart, body: 'The topic stays for this.' });
  await (await browser.visit(paths.postWithdraw(own.openingPostId))).press('Delete');
  const waiting = await make.topic({ title: `Waiting ${GONE}`, author: anna, heldAt });
  await putInQueue(db, { post: waiting.openingPostId, kind: 'held' });
}

async function awkwardTexts({ db, make }: Fixtures, { anna }: Cast): Promise<void> {
  const topic = await make.topic({
    title: `"Quotes", \\ back, {braces} & <b> 😀`,
    author: anna,
    body: AWKWARD,
  });
  for (const text of AWKWARD.split('\n\n')) await make.reply({ topic, author: anna, body: text, version: 2 });
  await db.execute(sql`insert into revisions (post_id, version, body_md, replaced_at)
    select id, 1, body_md || ${AWKWARD}::text, posted_at from posts where topic_id = ${topic.id} and branch_id is not null`);
  await db
    .update(members)
    .set({ about: AWKWARD.slice(0, 400) })
    .where(eq(members.id, anna.id));
}
