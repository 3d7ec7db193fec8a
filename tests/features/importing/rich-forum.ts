// A forum in which everything happened that a file of the format can tell of: by the front door where there is one.
import { eq, inArray, sql } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import {
  members,
  posts,
  revisions,
  sections,
  sources,
  tags,
  topics,
  topicTags,
  votes,
} from '../../../src/db/schema/index.ts';
import type { PostId } from '../../../src/domain/ids.ts';
import { renderImported } from '../../../src/features/threads/index.ts';
import type { SafeHtml } from '../../../src/lib/html.ts';
import { paths } from '../../../src/web/paths.ts';
import type { TestClock } from '../../support/clock.ts';
import { type As, expect, type Forum } from '../../support/forum.ts';
import type { Make, MemberRow, TopicRow } from '../../support/make.ts';
import { putInQueue } from '../moderation/rows.ts';
import { settleCounters } from '../threads/counting.ts';

export interface Fixtures {
  readonly forum: Forum;
  readonly db: Database;
  readonly make: Make;
  readonly as: As;
  readonly clock: TestClock;
}

export const PASSWORD = 'correct horse, battery staple';
/** A word of every text that moderators hid, that its author took back, or that awaits approval. */
export const GONE = 'zebrawort';
/** What files, arrays, JSON and pages may each stumble over in a way of their own. */
export const AWKWARD = [
  'Line\u2028and\u2029paragraph separators, a next line\u0085, a \uFEFF mark',
  'crlf\r\nand a lone\rreturn',
  '"double", \'single\', \\ back, \\\\ twice, \\n not a line, {braces}, {}, {"a",NULL}',
  'NULL',
  'null, undefined, \\N, \\x41, $1, %s, ${x}, &amp; &lt;b&gt; <script>alert(1)</script>',
  'emoji 👩‍🚀🏳️‍🌈😀, combined e\u0301, right-to-left \u05D0\u05D1\u202E, zero\u200Bwidth, tab\tand  spaces ',
  '',
  '   ',
].join('\n\n');

/** The members whose pages are compared. */
export interface Cast {
  readonly anna: MemberRow;
  readonly bart: MemberRow;
  readonly mira: MemberRow;
}

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

async function makeMembers({ make, clock }: Fixtures): Promise<Cast> {
  const anna = await make.member({
    name: 'anna',
    password: PASSWORD,
    about: `Builds *grids*.\n\n${'ä😀'.repeat(10)}`,
    affiliation: 'Grid & "Sons"',
    theme: 'dark',
    flagsDecided: 7,
    flagsUpheld: 5,
  });
  const bart = await make.member({ name: 'Bart_2', email: 'Bart@Example.ORG', password: PASSWORD });
  const mira = await make.member({ name: 'mira', role: 'moderator', password: PASSWORD });
  await make.member({ name: 'ada', role: 'admin', password: PASSWORD });
  await make.member({ name: 'without-email', email: null, confirmedAt: null });
  await make.member({ name: 'unconfirmed', confirmedAt: null, joinedAt: clock.now(), topicsRead: 0 });
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
    .values({ slug: 'power', name: 'Power', kind: 'subject', description: 'What it all runs on.' })
    .returning();
  await db.insert(tags).values({ slug: '東京電力', name: '東京電力', kind: 'company', parentId: power!.id });
  await db.update(tags).set({ parentId: power!.id }).where(eq(tags.id, transformers!.id));
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

async function whatModeratorsHid(
  { db, make, as, clock }: Fixtures,
  { anna, bart, mira }: Cast,
): Promise<void> {
  const browser = await as.moderator(mira);
  const hide = async (post: PostId, extent = 'post', reason = 'Promotion'): Promise<void> => {
    clock.advance({ seconds: 1 });
    const hidden = await browser.post(paths.postHide(post), { reason, rule: '4', extent });
    expect(hidden.status).toBe(303);
  };
  const topic = await make.topic({ title: 'A quarrel', author: bart, body: 'No quarrel yet.' });
  const reply = (body: string, parent?: Awaited<ReturnType<Make['reply']>>) =>
    make.reply({ topic, author: anna, body, ...(parent && { parent }) });
  const alone = await reply(`${GONE} hidden alone`);
  await reply('Its answer stays.', alone);
  await hide(alone.id);
  const branch = await reply(`${GONE} hidden with its replies`);
  const inBranch = await reply(`${GONE} hidden below`, branch);
  await reply(`${GONE} hidden at the bottom`, inBranch);
  // Twice: once alone, once with the branch.
  await hide(inBranch.id, 'post', 'Unkind “words”, and more:\n* of them');
  await hide(branch.id, 'branch', 'A whole quarrel');
  const lifted = await reply('Hidden for a while.');
  await hide(lifted.id);
  const restored = await browser.post(paths.postRestore(lifted.id), { reason: 'It was fine' });
  expect(restored.status).toBe(303);
  // One of a branch comes back, the others stay: what the decision hid is not all hidden any more.
  const partly = await reply(`${GONE} partly`);
  const back = await reply('Back again.', partly);
  await hide(partly.id, 'branch');
  await db.execute(
    sql`update hides set lifted_at = now(), lifted_by_id = action_id where post_id = ${back.id}`,
  );
  await db.update(posts).set({ hiddenAt: null }).where(eq(posts.id, back.id));

  const heldAt = clock.ago({ minutes: 30 });
  const refused = await make.reply({ topic, author: anna, body: `${GONE} refused`, heldAt });
  await putInQueue(db, { post: refused.id, kind: 'held' });
  await (await browser.visit('/moderation?tab=held')).press('Refuse', { reason: 'An advertisement' });
  const regretted = await reply(`${GONE} withdrawn and hidden`);
  await (await (await as.member(anna)).visit(paths.postWithdraw(regretted.id))).press('Delete');
  await hide(regretted.id);

  const hidden = await make.topic({ title: `Hidden ${GONE}`, author: bart, body: `${GONE} with its topic` });
  await make.reply({ topic: hidden, author: anna, body: `${GONE} below a hidden topic` });
  await hide(hidden.openingPostId);
}

async function marks({ db, make, as, clock }: Fixtures, { anna, bart, mira }: Cast): Promise<void> {
  const locked = await make.topic({ title: 'Locked', author: anna, body: 'No more of it.' });
  const pinned = await make.topic({ title: 'Pinned', author: bart, body: 'A former member wrote this.' });
  await db.update(topics).set({ authorId: null }).where(eq(topics.id, pinned.id));
  await db.update(posts).set({ authorId: null }).where(eq(posts.id, pinned.openingPostId));
  const browser = await as.moderator(mira);
  await browser.post(paths.topicLock(locked.id), { reason: 'Enough', rule: '2' });
  await browser.post(paths.topicPin(pinned.id), { days: '3' });
  const digest = await make.topic({
    title: 'The week',
    kind: 'digest',
    author: mira,
    body: '# The week\n\nMuch.',
  });
  await db.update(topics).set({ continuesId: locked.id }).where(eq(topics.id, digest.id));
  const known = await db
    .select()
    .from(tags)
    .where(inArray(tags.slug, ['power', '東京電力', 'transformers']));
  // Not in the order of their ids.
  await db
    .insert(topicTags)
    .values(
      known
        .toSorted((a, b) => b.id - a.id)
        .map(({ id }, position) => ({ topicId: digest.id, tagId: id, position })),
    );
  clock.advance({ hours: 1 });
  await make.vote({ post: digest.openingPostId, member: bart });
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
