// Mails at once: what they say, in which thread, and when none goes out after all.
import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import { followLevels, members, noticeChoices, notifications, posts } from '../../../src/db/schema/index.ts';
import type { PostId } from '../../../src/domain/ids.ts';
import { notifyOfPost } from '../../../src/features/notifications/jobs.ts';
import type { SafeHtml } from '../../../src/lib/html.ts';
import { expect, test } from '../../support/forum.ts';
import type { Make, MemberRow, TopicRow } from '../../support/make.ts';
import { AT, asking, reply } from './mailed.ts';

test('a reply is mailed in text and HTML, in the thread of its topic, with ways to end it', async ({
  db,
  make,
  drain,
  mails,
}) => {
  const { topic } = await asking(db, make);
  const body = '<p>Look at <em>table 6</em> &amp; 7.</p><p>It splits them.</p>' as SafeHtml;
  const made = await reply(db, make, topic, body);
  await drain();
  const [mail] = mails();
  const [told] = await db.select({ id: notifications.id }).from(notifications);
  expect(mail).toMatchObject({ to: 'priya_n@example.org', subject: 'Re: Costs & “effects”' });
  expect(mail?.text).toMatch(
    /member\d+ replied to your topic in "Costs & “effects”":\n\nLook at table 6 & 7\.\n\nIt splits them\./,
  );
  expect(mail?.text).toContain(`http://localhost:3000/p/${made.id}`);
  expect(mail?.text).toContain('because it answers you');
  expect(mail?.text).toContain(`http://localhost:3000/t/${topic.id}/`);
  expect(mail?.text).toContain('http://localhost:3000/settings/notices');
  expect(mail?.html).toContain('<p>Look at table 6 &amp; 7.</p><p>It splits them.</p>');
  const unsubscribe = mail?.headers?.['List-Unsubscribe'] ?? '';
  expect(unsubscribe).toMatch(/^<http:\/\/localhost:3000\/unsubscribe\?key=[\w.-]+>$/);
  expect(mail?.text).toContain(unsubscribe.slice(1, -1));
  expect(mail?.headers).toMatchObject({
    'Message-ID': `<notice-${told?.id}@localhost>`,
    'In-Reply-To': `<topic-${topic.id}@localhost>`,
    References: `<topic-${topic.id}@localhost>`,
    'List-Id': '<notices.localhost>',
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  });
});

test('a new topic begins the thread that its replies continue', async ({ db, make, drain, mails }) => {
  const { member } = await asking(db, make);
  const topic = await make.topic({ title: 'A new model' });
  const follow = { memberId: member.id, level: 'all', setAt: AT } as const;
  await db.insert(followLevels).values([
    { ...follow, sectionId: topic.sectionId },
    { ...follow, topicId: topic.id },
  ]);
  await notifyOfPost(db, { postId: topic.openingPostId }, AT);
  await drain();
  await reply(db, make, topic);
  await drain();
  const sent = mails().map(({ subject, headers }) => [subject, headers?.References]);
  expect(sent).toEqual([
    ['Re: A new model', `<topic-${topic.id}@localhost>`],
    ['A new model', `<topic-${topic.id}@localhost>`],
  ]);
  expect(mails()[1]?.text).toContain('New topic in Funding, a section you follow');
});

test('a long text is cut, and the mail says so', async ({ db, make, drain, mails }) => {
  const { topic } = await asking(db, make);
  await reply(db, make, topic, `<p>${'word '.repeat(1_000)}</p><p>The end</p>` as SafeHtml);
  await drain();
  expect(mails()[0]?.text).toContain('Read the rest, and answer:');
  expect(mails()[0]?.text).not.toContain('The end');
  expect(mails()[0]?.text.length).toBeLessThan(3_000);
});

interface ToldOf {
  readonly member: MemberRow;
  readonly topic: TopicRow;
  readonly postId: PostId;
}

const OVER: Record<string, (db: Database, make: Make, told: ToldOf) => Promise<unknown>> = {
  hidden: (_db, make, { postId }) => make.hide({ post: postId }),
  'withdrawn by its author': (db, _make, { postId }) =>
    db.update(posts).set({ withdrawnAt: AT }).where(eq(posts.id, postId)),
  'in a hidden topic': (_db, make, { topic }) => make.hide({ topic: topic.id }),
  'in a muted topic': (db, _make, { member, topic }) =>
    db.insert(followLevels).values({ memberId: member.id, topicId: topic.id, level: 'nothing', setAt: AT }),
  'read in the inbox': (db) => db.update(notifications).set({ readAt: AT }),
  'not wanted any more': (db, _make, { member }) =>
    db.update(noticeChoices).set({ mail: null }).where(eq(noticeChoices.memberId, member.id)),
  'to an address that nobody confirmed': (db, _make, { member }) =>
    db.update(members).set({ confirmedAt: null }).where(eq(members.id, member.id)),
  'to whoever has no address': (db, _make, { member }) =>
    db.update(members).set({ email: null, emailKey: null }).where(eq(members.id, member.id)),
};
test.for(Object.keys(OVER))(
  'no mail goes out about what is %s by then',
  async (what, { db, make, drain, mails }) => {
    const told = await asking(db, make);
    const { id: postId } = await reply(db, make, told.topic);
    const { rows } = await db.execute(sql`select from graphile_worker.jobs`);
    expect(rows).toHaveLength(1);
    await OVER[what]?.(db, make, { ...told, postId });
    await drain();
    expect(mails()).toEqual([]);
  },
);
