// One item of every kind in the moderators' queue, as rows: what tests of its pages look at.
import { eq } from 'drizzle-orm';
import type { Database } from '../../src/db/connection.ts';
import {
  actions,
  appeals,
  flags,
  posts,
  queueItems,
  queueMessages,
  sanctions,
  signUpTraces,
  sources,
  suggestions,
  watchHits,
  watchRules,
  type QueueItemKind,
} from '../../src/db/schema/index.ts';
import type { ActionId, MemberId, PostId, QueueItemId, SourceId } from '../../src/domain/ids.ts';
import type { QueueSubject } from '../../src/features/queue-items/index.ts';
import type { SafeHtml } from '../../src/lib/html.ts';
import type { TestClock } from './clock.ts';
import type { Make, MemberRow } from './make.ts';

interface World {
  readonly make: Make;
  readonly db: Database;
  readonly clock: TestClock;
}

/** Puts anything before the moderators. */
export async function putItem(
  db: Database,
  kind: QueueItemKind,
  subject: QueueSubject,
  more: { readonly at?: Date; readonly weight?: number } = {},
): Promise<QueueItemId> {
  const { at: openedAt = new Date('2026-04-03T14:00:00Z'), weight = 0 } = more;
  const [item] = await db
    .insert(queueItems)
    .values({ kind, ...subject, openedAt, weight })
    .returning();
  if (!item) throw new Error('nothing was inserted');
  return item.id;
}

async function addAction(
  db: Database,
  values: Omit<typeof actions.$inferInsert, 'at' | 'rule'> & { readonly at: Date; readonly rule?: number },
): Promise<ActionId> {
  const [action] = await db.insert(actions).values(values).returning({ id: actions.id });
  if (!action) throw new Error('nothing was inserted');
  return action.id;
}

/** An item of every kind, and more than one where a kind has several subjects. */
export async function fillDesk({ make, db, clock }: World) {
  const tomas = await make.member({ name: 'tomas_r', role: 'moderator' });
  const flaggers = [
    await make.member({ name: 'rackunit', flagsDecided: 8, flagsUpheld: 6 }),
    await make.member(),
  ];
  const seller = await make.member({
    name: 'flexwatt_sales',
    joinedAt: clock.ago({ days: 3 }),
    topicsRead: 0,
  });
  const topic = await make.topic({ title: 'Grid operators report AI data centres' });
  const at = (minutes: number) => ({ at: clock.ago({ minutes }) });

  const flagged = await make.reply({
    topic,
    author: seller,
    body: 'Ask for the price list of our platform.',
  });
  for (const body of ['Thanks.', 'Who are you?']) await make.reply({ topic, parent: flagged, body });
  await make.flag({ post: flagged.id, member: flaggers[0]!, note: 'third post of this text today' });
  await make.flag({ post: flagged.id, member: flaggers[1]! });
  const digest = await make.topic({ kind: 'digest', title: 'The week' });
  await linkFrom(db, digest.openingPostId, `/p/${flagged.id}`);
  const flaggedItem = await putItem(db, 'flagged', { postId: flagged.id }, { ...at(90), weight: 2 });
  const ids: Record<string, QueueItemId> = { flagged: flaggedItem };

  const author = await make.member({ name: 'lab_notes_24', joinedAt: clock.ago({ days: 1 }) });
  const heldAt = clock.ago({ minutes: 38 });
  const held = await make.topic({
    title: 'A small study',
    source: 'https://evalnotes.example/drift',
    author,
    heldAt,
  });
  ids.held = await putItem(db, 'held', { postId: held.openingPostId }, at(38));

  const ferrous = await make.member({ name: 'old_iron' });
  const hidden = await make.reply({ topic, author: ferrous, body: 'It trips like a turbine.' });
  const hide = await make.hide({ post: hidden.id, by: tomas, reason: 'Off topic here', rule: 3 });
  await db.update(actions).set({ topicId: topic.id }).where(eq(actions.id, hide));
  await db.insert(appeals).values({
    ...{ actionId: hide, memberId: ferrous.id, openedAt: clock.ago({ hours: 8 }) },
    text: 'I compared the order of recovery.',
  });
  ids.appeal = await putItem(db, 'appeal', { appealedActionId: hide }, at(480));

  ids.consent = await putItem(db, 'consent', { memberId: seller.id }, at(60));
  await addAction(db, {
    ...{ kind: 'propose-ban', actorId: tomas.id, memberId: seller.id, at: clock.ago({ hours: 1 }) },
    ...{ reason: 'Nothing but advertising', queueItemId: ids.consent },
  });
  await addRecord(db, clock, { tomas, member: seller });

  const wrapped = await make.topic({
    title: 'A link that hides its publisher',
    source: 'https://news.example/a1',
  });
  const sourceId = await firstSource(db);
  ids.link = await putItem(db, 'link', { sourceId }, at(70));
  const suggestion = { topicId: wrapped.id, suggestedAt: clock.now() };
  const says = (by: MemberRow) => ({ ...suggestion, memberId: by.id });
  const address = 'https://paper.example/story';
  await db.insert(suggestions).values([
    { ...says(flaggers[0]!), kind: 'address', sourceId, value: 'paper.example/story', shown: address },
    { ...says(flaggers[0]!), kind: 'title', value: 'A better title', shown: 'A better title' },
    { ...says(flaggers[1]!), kind: 'title', value: 'A better title', shown: 'A better title' },
    { ...says(flaggers[1]!), kind: 'tags', value: 'chips', shown: 'chips' },
  ]);
  ids.suggestion = await putItem(db, 'suggestion', { topicId: wrapped.id }, at(65));

  const watched = await make.reply({ topic, author: ferrous, body: 'Buy cheap tokens here.' });
  const [rule] = await db
    .insert(watchRules)
    .values({
      ...{ kind: 'word', pattern: 'cheap tokens', shown: 'cheap tokens', effect: 'flag', rule: 4 },
      ...{ reason: 'Spam wave of March', madeById: tomas.id, madeAt: clock.ago({ days: 2 }) },
    })
    .returning();
  await db.insert(watchHits).values({ ruleId: rule!.id, postId: watched.id, at: clock.now() });
  ids.watched = await putItem(db, 'watched', { postId: watched.id }, at(20));

  const newcomer = await make.member({ name: 'flexwatt_two', about: 'Energy for everyone' });
  await db
    .insert(signUpTraces)
    .values({ memberId: newcomer.id, suspendedId: seller.id, trace: 'browser', at: clock.now() });
  ids.newcomer = await putItem(db, 'newcomer', { memberId: newcomer.id }, at(10));

  const loud = await make.member({ name: 'alphaleak', about: 'Calls other members names' });
  ids.member = await putItem(db, 'flagged', { memberId: loud.id }, { ...at(15), weight: 5 });
  await addFlag(db, clock, flaggers[0]!, { memberId: loud.id });
  ids.source = await putItem(db, 'flagged', { sourceId }, { ...at(5), weight: 1_001 });
  await addFlag(db, clock, flaggers[1]!, { sourceId });

  await db.insert(queueMessages).values([
    { queueItemId: flaggedItem, authorId: tomas.id, at: clock.now(), body: 'Who pays you?', toMember: true },
    { queueItemId: flaggedItem, authorId: seller.id, at: clock.now(), body: 'Nobody.', toMember: true },
  ]);
  return { ids, tomas, seller, topic, digest, flagged, held, wrapped, sourceId };
}

/** Gives a post a text that links to an address. */
export async function linkFrom(db: Database, postId: PostId, href: string): Promise<void> {
  const bodyHtml = `<p><a href="${href}">There</a></p>` as SafeHtml;
  await db
    .update(posts)
    .set({ bodyMd: `[There](${href})`, bodyHtml })
    .where(eq(posts.id, postId));
}

async function addFlag(
  db: Database,
  clock: TestClock,
  flagger: MemberRow,
  subject: { readonly memberId: MemberId } | { readonly sourceId: SourceId },
): Promise<void> {
  const flag = { reason: 'misleading', note: 'See for yourself', weight: 1 } as const;
  await db.insert(flags).values({ ...subject, ...flag, flaggerId: flagger.id, flaggedAt: clock.now() });
}

/** A warning and a note. */
async function addRecord(
  db: Database,
  clock: TestClock,
  { tomas, member }: { readonly tomas: MemberRow; readonly member: MemberRow },
): Promise<void> {
  const about = { actorId: tomas.id, memberId: member.id, at: clock.ago({ days: 1 }) };
  const actionId = await addAction(db, { ...about, kind: 'warn', reason: 'Spam or promotion', rule: 4 });
  await db
    .insert(sanctions)
    .values({ memberId: member.id, kind: 'warning', actionId, startsAt: about.at, endsAt: null });
  await addAction(db, { ...about, kind: 'note', reason: 'Says he is the owner' });
}

async function firstSource(db: Database): Promise<SourceId> {
  const rows = await db.select({ id: sources.id }).from(sources).orderBy(sources.id);
  const last = rows.at(-1);
  if (!last) throw new Error('there is no source');
  return last.id;
}
