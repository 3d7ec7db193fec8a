// Rows for tests: each function inserts one thing, fills in what the test does not say, and keeps the counters true.
import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../src/db/connection.ts';
import {
  actions,
  flags,
  hides,
  members,
  posts,
  sections,
  sources,
  topicRepliers,
  topics,
  votes,
} from '../../src/db/schema/index.ts';
import type { FlagReason } from '../../src/domain/flags.ts';
import type { ActionId, PostId, SectionId, TopicId } from '../../src/domain/ids.ts';
import { nameKey, skeletonOf } from '../../src/domain/member-name.ts';
import { hotRank } from '../../src/domain/ranking.ts';
import { slugOf } from '../../src/domain/slug.ts';
import { urlKey, URL_KEY_VERSION } from '../../src/domain/url-key.ts';
import { isWrapper } from '../../src/domain/wrapper.ts';
import { escapeHtml, type SafeHtml } from '../../src/lib/html.ts';
import type { Passwords } from '../../src/lib/passwords.ts';
import type { TestClock } from './clock.ts';

export type MemberRow = typeof members.$inferSelect;
export type TopicRow = typeof topics.$inferSelect & { readonly openingPostId: PostId };
export type PostRow = typeof posts.$inferSelect;

type MemberFacts = Partial<typeof members.$inferInsert> & { readonly password?: string };
type TopicFacts = Partial<Omit<typeof topics.$inferInsert, 'authorId' | 'sectionId'>> & {
  readonly author?: MemberRow;
  readonly section?: string;
  readonly body?: string;
  readonly source?: string;
};
type ReplyFacts = Partial<Omit<typeof posts.$inferInsert, 'authorId' | 'topicId' | 'parentId'>> & {
  readonly topic: TopicRow;
  readonly parent?: PostRow;
  readonly author?: MemberRow;
  readonly body?: string;
};

export function makers(db: Database, clock: TestClock, passwords: Passwords) {
  let serial = 0;
  const html = (body: string) => `<p>${escapeHtml(body)}</p>` as SafeHtml;

  async function member(facts: MemberFacts = {}): Promise<MemberRow> {
    serial += 1;
    const { password, ...given } = facts;
    const name = given.name ?? `member${serial}`;
    const email = given.email === undefined ? `${name.toLowerCase()}@example.org` : given.email;
    const joinedAt = given.joinedAt ?? clock.ago({ days: 100 });
    const [row] = await db
      .insert(members)
      .values({
        nameKey: nameKey(name),
        nameSkeleton: skeletonOf(name),
        emailKey: email?.toLowerCase() ?? null,
        confirmedAt: joinedAt,
        topicsRead: 30,
        repliesKept: 3,
        passwordHash: password === undefined ? null : await passwords.hash(password),
        ...given,
        name,
        email,
        joinedAt,
      })
      .returning();
    return row as MemberRow;
  }

  async function sectionId(slug: string): Promise<SectionId> {
    const [row] = await db.select({ id: sections.id }).from(sections).where(eq(sections.slug, slug));
    if (!row) throw new Error(`There is no section ${slug}`);
    return row.id;
  }

  async function topic(facts: TopicFacts = {}): Promise<TopicRow> {
    serial += 1;
    const {
      author = await member(),
      section = 'funding',
      body = 'What do you make of this?',
      source,
      ...given
    } = facts;
    const title = given.title ?? `Topic number ${serial} of this forum`;
    const postedAt = given.postedAt ?? clock.ago({ hours: 3 });
    return db.transaction(async (tx) => {
      const [row] = await tx
        .insert(topics)
        .values({
          kind: source === undefined ? 'text' : 'link',
          slug: slugOf(title),
          lastActivityAt: postedAt,
          hotRank: hotRank({ score: given.score ?? 0, distinctRepliers: 0, postedAt, modifier: 0 }),
          ...given,
          title,
          postedAt,
          authorId: author.id,
          sectionId: await sectionId(section),
        })
        .returning();
      const made = row as typeof topics.$inferSelect;
      const { heldAt, withdrawnAt, hiddenAt, score } = made;
      const [opening] = await tx
        .insert(posts)
        .values({
          topicId: made.id,
          depth: 0,
          authorId: author.id,
          postedAt,
          bodyMd: body,
          bodyHtml: html(body),
          rendererVersion: 1,
          heldAt,
          withdrawnAt,
          hiddenAt,
          score,
        })
        .returning({ id: posts.id });
      const openingPostId = opening?.id as PostId;
      await tx.update(topics).set({ openingPostId }).where(eq(topics.id, made.id));
      if (source !== undefined) {
        const key = urlKey(source);
        if (!key.ok) throw new Error(key.reason);
        await tx.insert(sources).values({
          topicId: made.id,
          addedById: author.id,
          addedAt: postedAt,
          url: key.shown,
          urlKey: key.key,
          keyVersion: URL_KEY_VERSION,
          publisherHost: key.host,
          wrapper: isWrapper(source),
        });
      }
      return { ...made, openingPostId };
    });
  }

  async function reply(facts: ReplyFacts): Promise<PostRow> {
    const {
      topic: of,
      parent,
      author = await member(),
      body = 'A reply that says something.',
      ...given
    } = facts;
    return db.transaction(async (tx) => {
      const { rows } = await tx.execute<{ id: string }>(
        sql`select nextval(pg_get_serial_sequence('posts', 'id')) as id`,
      );
      const id = Number(rows[0]?.id) as PostId;
      const [row] = await tx
        .insert(posts)
        .values({
          rendererVersion: 1,
          bodyMd: body,
          bodyHtml: html(body),
          postedAt: clock.ago({ hours: 2 }),
          ...given,
          id,
          topicId: of.id,
          parentId: parent?.id ?? null,
          branchId: parent?.branchId ?? id,
          depth: parent ? parent.depth + 1 : 0,
          authorId: author.id,
        })
        .returning();
      const made = row as PostRow;
      if (parent && made.state !== 'held') {
        await tx
          .update(posts)
          .set({ branchSize: sql`${posts.branchSize} + 1` })
          .where(eq(posts.id, parent.branchId as PostId));
      }
      if (made.state === 'visible') {
        const [first] = await tx
          .insert(topicRepliers)
          .values({ topicId: of.id, memberId: author.id, n: 1 })
          .onConflictDoUpdate({
            target: [topicRepliers.topicId, topicRepliers.memberId],
            set: { n: sql`${topicRepliers.n} + 1` },
          })
          .returning({ n: topicRepliers.n });
        const another = first?.n === 1 && author.id !== of.authorId ? 1 : 0;
        await tx
          .update(topics)
          .set({
            replyCount: sql`${topics.replyCount} + 1`,
            replierCount: sql`${topics.replierCount} + ${another}`,
            lastActivityAt: sql`greatest(${topics.lastActivityAt}, ${made.postedAt})`,
          })
          .where(eq(topics.id, of.id));
      }
      return made;
    });
  }

  async function vote(facts: { readonly post: PostId; readonly member?: MemberRow }): Promise<void> {
    const by = facts.member ?? (await member());
    await db.transaction(async (tx) => {
      await tx.insert(votes).values({ memberId: by.id, postId: facts.post, castAt: clock.now() });
      await tx
        .update(posts)
        .set({ score: sql`${posts.score} + 1` })
        .where(eq(posts.id, facts.post));
      await tx
        .update(topics)
        .set({ score: sql`${topics.score} + 1` })
        .where(eq(topics.openingPostId, facts.post));
    });
  }

  /** A hide in force, with its action; counters are not touched: tests of counters hide through the front door. */
  async function hide(facts: {
    readonly post?: PostId;
    readonly topic?: TopicId;
    readonly by?: MemberRow;
    readonly reason?: string;
    readonly rule?: number;
  }): Promise<ActionId> {
    const actor = facts.by ?? (await member({ role: 'moderator' }));
    const at = clock.now();
    return db.transaction(async (tx) => {
      const [action] = await tx
        .insert(actions)
        .values({
          kind: 'hide',
          actorId: actor.id,
          at,
          reason: facts.reason ?? 'Promotion of own product',
          rule: facts.rule ?? 4,
          topicId: facts.topic ?? null,
          postId: facts.post ?? null,
        })
        .returning({ id: actions.id });
      const actionId = action?.id as ActionId;
      await tx.insert(hides).values({ actionId, postId: facts.post ?? null, topicId: facts.topic ?? null });
      if (facts.post !== undefined)
        await tx.update(posts).set({ hiddenAt: at }).where(eq(posts.id, facts.post));
      if (facts.topic !== undefined) {
        await tx.update(topics).set({ hiddenAt: at }).where(eq(topics.id, facts.topic));
        await tx
          .update(posts)
          .set({ hiddenAt: at })
          .where(sql`${posts.topicId} = ${facts.topic} and ${posts.branchId} is null`);
      }
      return actionId;
    });
  }

  async function flag(facts: {
    readonly post: PostId;
    readonly member?: MemberRow;
    readonly reason?: FlagReason;
    readonly weight?: number;
    readonly at?: Date;
    readonly note?: string;
  }): Promise<void> {
    const by = facts.member ?? (await member());
    await db.insert(flags).values({
      postId: facts.post,
      flaggerId: by.id,
      reason: facts.reason ?? 'spam',
      note: facts.note ?? '',
      weight: facts.weight ?? 1,
      flaggedAt: facts.at ?? clock.now(),
    });
  }

  return { member, topic, reply, vote, hide, flag };
}

export type Make = ReturnType<typeof makers>;
