// A visitor learns what the place is; a member who has written nothing is led to a topic that a reply would help.
import { eq } from 'drizzle-orm';
import { followLevels, posts, visits } from '../../../src/db/schema/index.ts';
import { FIRST_REPLY } from '../../../src/domain/first-reply.ts';
import { NEW_MEMBER } from '../../../src/domain/limits.ts';
import { paths } from '../../../src/web/paths.ts';
import { expect, test } from '../../support/forum.ts';
import { linkIn } from '../members/mail-links.ts';

const NEWCOMER = { topicsRead: 0, repliesKept: 0 };
const LEADS = 'Write your first reply';

test('visitors read what the place is, the same for all, on the front page alone', async ({ as }) => {
  const [one, other] = [await as.visitor().visit('/'), await as.visitor().visit('/')];
  expect(one.main).toContain('Read all of it. Sign up to post and reply.');
  expect(one.html).toBe(other.html);
  expect(one.headers['cache-control']).toContain('public');
  for (const path of ['/new', '/s/funding'])
    expect((await as.visitor().visit(path)).main).not.toContain('Read all of it.');
  expect((await (await as.member()).visit('/')).main).not.toContain('Read all of it.');
});

test('a newcomer is led to a topic until they have written', async ({ as, make }) => {
  const topic = await make.topic({ title: 'Who answers this?' });
  const browser = await as.member(await make.member(NEWCOMER));
  const front = await browser.visit('/');
  expect(front.main).toContain('Who answers this? has no reply yet. Write your first reply');
  expect((await browser.visit('/new')).main).not.toContain(LEADS);
  const composer = await front.follow(LEADS);
  expect(composer.url).toBe(paths.topicReply(topic.id));
  expect(composer.main).toContain('Your first reply.');
  expect(composer.main).not.toContain('wait until a moderator');
  expect((await composer.press('Post reply', { body: 'I do.' })).status).toBe(200);
  expect((await browser.visit('/')).main).not.toContain(LEADS);
  expect((await browser.visit(paths.topicReply(topic.id))).main).not.toContain('Your first reply.');
});

test('whoever may not write, moderates or is no newcomer is not', async ({ as, make }) => {
  await make.topic();
  for (const member of [{ ...NEWCOMER, confirmedAt: null }, { ...NEWCOMER, role: 'moderator' as const }, {}])
    expect((await (await as.member(await make.member(member))).visit('/')).main).not.toContain(LEADS);
  expect((await as.visitor().visit('/')).main).not.toContain(LEADS);
});

test('only topics that want a reply are offered', async ({ as, make, db, clock }) => {
  const browser = await as.member(await make.member(NEWCOMER));
  const offered = async () => (await browser.visit('/')).main.includes(LEADS);
  await make.topic({ lockedAt: clock.now() });
  await make.topic({ kind: 'digest' });
  await make.topic({ hiddenAt: clock.now() });
  await make.topic({ postedAt: new Date(clock.now().getTime() - FIRST_REPLY.oldest - 1) });
  await make.topic({ replyCount: FIRST_REPLY.mostReplies + 1 });
  const byModel = await make.topic();
  const ofByModel = eq(posts.id, byModel.openingPostId);
  await db.update(posts).set({ modelWritten: true }).where(ofByModel);
  expect(await offered()).toBe(false);
  await db.update(posts).set({ modelWritten: false, flagWeight: 1 }).where(ofByModel);
  expect(await offered()).toBe(false);
  await db.update(posts).set({ flagWeight: 0 }).where(ofByModel);
  expect(await offered()).toBe(true);
});

test('what they follow comes before what they read, and that before the newest', async ({
  as,
  make,
  db,
  clock,
}) => {
  const member = await make.member(NEWCOMER);
  const browser = await as.member(member);
  const followed = await make.topic({
    title: 'Followed one',
    section: 'regions',
    postedAt: clock.ago({ hours: 9 }),
  });
  const read = await make.topic({ title: 'Read one', section: 'funding', postedAt: clock.ago({ hours: 8 }) });
  await make.topic({ title: 'Newest one', section: 'work-skills', postedAt: clock.ago({ hours: 1 }) });
  const first = async () =>
    / (\S+ one) has no reply yet/.exec(` ${(await browser.visit('/')).main.replace(/\s+/g, ' ')}`)?.[1];
  expect(await first()).toBe('Newest one');
  const seen = { seenPostId: read.openingPostId, previousSeenPostId: read.openingPostId };
  await db.insert(visits).values({ memberId: member.id, topicId: read.id, visitedAt: clock.now(), ...seen });
  expect(await first()).toBe('Read one');
  const level = { memberId: member.id, sectionId: followed.sectionId, setAt: clock.now() };
  await db.insert(followLevels).values({ ...level, level: 'all' });
  expect(await first()).toBe('Followed one');
  await db.update(followLevels).set({ level: 'nothing' });
  expect(await first()).toBe('Read one');
});

test('where first posts with a link wait, the composer says so', async ({ as, make, app }) => {
  const topic = await make.topic();
  const browser = await as.member(await make.member(NEWCOMER));
  for (let n = 0; n < NEW_MEMBER.inForceFromMembers; n += 1) await make.member();
  await app.site.refresh();
  const { main } = await browser.visit(paths.topicReply(topic.id));
  expect(main).toContain(
    `Your first ${NEW_MEMBER.heldPostsWithLink} posts with a link wait until a moderator`,
  );
});

test('whoever has confirmed lands where they came from', async ({ as, make, drain, mails }) => {
  const next = paths.topic(await make.topic());
  const sent = { email: 'diana@example.org', password: 'a short sentence', rules: '1', next };
  const browser = as.visitor();
  await browser.post('/sign-up', { ...sent, name: 'diana_f' });
  await drain();
  const link = linkIn(mails()[0], '/confirm');
  expect((await (await browser.visit(link)).press('Yes, confirm it')).url).toBe(next);

  await as.visitor().post('/sign-up', { ...sent, name: 'erik_b', email: 'erik@example.org' });
  await drain();
  const elsewhere = await (await as.visitor().visit(linkIn(mails()[0], '/confirm'))).press('Yes, confirm it');
  expect(elsewhere.main).toContain('Your address is confirmed');
  expect((await elsewhere.follow('Go on where you were')).url).toBe(next);
  const astray = await as.visitor().visit('/confirm?done=1&next=//evil.example');
  expect((await astray.follow('Front page')).url).toBe('/');
});
