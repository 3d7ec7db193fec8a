// The lists that are chosen for their reader: what they follow, what they have not seen, and what few saw.
import {
  followLevels,
  members,
  posts,
  sources,
  tags,
  topicTags,
  visits,
} from '../../../src/db/schema/index.ts';
import { eq } from 'drizzle-orm';
import { deservesSecondChance } from '../../../src/domain/second-chance.ts';
import { paths } from '../../../src/web/paths.ts';
import type { Page } from '../../support/browser.ts';
import type { Span } from '../../support/clock.ts';
import { expect, test } from '../../support/forum.ts';
import type { MemberRow, TopicRow } from '../../support/make.ts';

const titlesOn = ({ document }: Page) =>
  [...document.querySelectorAll('.row-title > a:first-of-type')].map((link) => link.textContent.trim());

/** That a member has opened a topic and read all of it. */
function seen(topic: TopicRow, { id: memberId }: MemberRow, visitedAt: Date) {
  const { id: topicId, openingPostId: post } = topic;
  return { memberId, topicId, visitedAt, seenPostId: post, previousSeenPostId: post };
}

test('what is chosen for members sends visitors to log in, and back', async ({ as }) => {
  for (const path of [paths.followed(), paths.unread({ sort: 'new' })]) {
    const { status, headers } = await as.visitor().get(path);
    expect([status, headers.location]).toEqual([303, paths.signIn(path)]);
  }
  expect((await as.visitor().get(paths.secondChance())).status).toBe(200);
});

test('followed: topics themselves, and by tag, section, site and author, in three orders', async ({
  make,
  as,
  db,
  clock,
}) => {
  const author = await make.member({ name: 'author' });
  const at = (hours: number) => ({ postedAt: clock.ago({ hours }) });
  const itself = await make.topic({ title: 'Itself', ...at(5) });
  const [tag] = await db.insert(tags).values({ slug: 'chips', name: 'chips' }).returning();
  const withTag = await make.topic({ title: 'By tag', ...at(4) });
  await db.insert(topicTags).values({ topicId: withTag.id, tagId: tag!.id, position: 0 });
  const inSection = await make.topic({ title: 'By section', section: 'regions', ...at(3) });
  await make.topic({ title: 'By site', source: 'https://followed.example/a', ...at(2) });
  await make.topic({ title: 'By author', author, ...at(1) });
  await make.topic({ title: 'Not followed' });
  await make.topic({ title: 'Hidden', author, hiddenAt: clock.now() });
  const reader = await make.member();
  const what = [
    { topicId: itself.id },
    { tagId: tag!.id },
    { sectionId: inSection.sectionId },
    { host: 'followed.example' },
    { aboutId: author.id },
  ];
  const level = { memberId: reader.id, level: 'all' as const, setAt: clock.now() };
  await db.insert(followLevels).values(what.map((subject) => ({ ...level, ...subject })));
  await make.reply({ topic: itself, postedAt: clock.now() });
  const browser = await as.member(reader);
  const page = await browser.visit(paths.followed());
  expect(titlesOn(page)).toEqual(['Itself', 'By author', 'By site', 'By section', 'By tag']);
  expect(titlesOn(await page.follow('New'))).toHaveLength(6);
  const sorted = page.document.querySelector('nav[aria-label="Sort topics"] ~ .periods a[href*="sort=new"]');
  const byMoment = await browser.visit(sorted?.getAttribute('href') ?? '');
  expect(titlesOn(byMoment)).toEqual(['By author', 'By site', 'By section', 'By tag', 'Itself']);
  expect((await browser.visit(paths.followed({ tag: 'chips' }))).text).toContain('By tag');
  expect(page.document.querySelector('meta[name=robots]')?.getAttribute('content')).toBe('noindex');
  expect((await (await as.member()).visit(paths.followed())).main).toContain(
    'Nothing that you follow has a topic yet',
  );
});

test('unread: what the member has not opened and not marked as read', async ({ make, as, db, clock }) => {
  const old = await make.topic({ title: 'Marked as read' });
  const opened = await make.topic({ title: 'Opened' });
  await make.topic({ title: 'Not opened' });
  const reader = await make.member();
  await db.update(members).set({ readUpToPostId: old.openingPostId }).where(eq(members.id, reader.id));
  await db.insert(visits).values(seen(opened, reader, clock.now()));
  const front = await (await as.member(reader)).visit('/');
  expect(front.document.querySelector(`form[action="${paths.markAllRead()}"]`)).not.toBeNull();
  expect(titlesOn(await front.follow('Unread'))).toEqual(['Not opened']);
});

test('the front page says of which followed sections something is new', async ({ make, as, db, clock }) => {
  const funding = await make.topic({ section: 'funding' });
  const regions = await make.topic({ section: 'regions' });
  await make.topic({ section: 'funding' });
  const reader = await make.member();
  const level = { memberId: reader.id, level: 'all' as const, setAt: clock.now() };
  await db.insert(followLevels).values([
    { ...level, sectionId: funding.sectionId },
    { ...level, sectionId: regions.sectionId },
  ]);
  await db.insert(visits).values(seen(regions, reader, clock.now()));
  const { document } = await (await as.member(reader)).visit('/');
  const side = [...document.querySelectorAll('.side')].find((each) =>
    each.textContent.includes('Sections you follow'),
  );
  expect([...side!.querySelectorAll('li')].map(({ textContent }) => textContent.trim())).toEqual([
    'Funding 2 new',
    'Regions',
  ]);
  expect((await as.visitor().visit('/')).text).not.toContain('Sections you follow');
});

const DAY_OLD = { days: 2 };

test.for([
  // readers, score, primary source
  [0, 2, false],
  [2, 2, false],
  [2, 1, false],
  [2, 0, true],
  [3, 3, false],
  [3, 0, true],
  [0, 1, false],
] as const)(
  'second chance by the rule: %i readers, %i upvotes, primary source: %s',
  async ([readers, score, hasPrimarySource], { make, as, db, clock }) => {
    const crowd: MemberRow[] = [];
    for (let n = 0; n < 5; n += 1) crowd.push(await make.member());
    const read = async (of: TopicRow, n: number) => {
      if (n > 0) await db.insert(visits).values(crowd.slice(0, n).map((each) => seen(of, each, clock.now())));
    };
    // Three that everybody here has read: the rule of this forum is five readers.
    for (let n = 0; n < 3; n += 1) {
      await read(await make.topic({ postedAt: clock.ago(DAY_OLD), score: 9, replierCount: 2 }), 5);
    }
    const topic = await make.topic({
      title: 'Asked about',
      score,
      source: 'https://a.example/x',
      postedAt: clock.ago(DAY_OLD),
    });
    if (hasPrimarySource)
      await db.update(sources).set({ role: 'primary' }).where(eq(sources.topicId, topic.id));
    await read(topic, readers);
    const shown = titlesOn(await as.visitor().visit(paths.secondChance()));
    expect(shown.includes('Asked about')).toBe(deservesSecondChance({ readers, score, hasPrimarySource }, 5));
  },
);

test.for([
  ['it deserves one', {}, true],
  ['it is younger than a day', { postedAt: { hours: 20 } }, false],
  ['it is older than two weeks', { postedAt: { days: 15 } }, false],
  ['one member replied', { replierCount: 1 }, true],
  ['two replied', { replierCount: 2 }, false],
  ['it is locked', { lockedAt: { days: 1 } }, false],
  ['it is hidden', { hiddenAt: { days: 1 } }, false],
  ['its pin is over', { pinnedUntil: { days: 1 } }, true],
  ['it is pinned', { pinnedUntil: { days: -1 } }, false],
  ['it is a digest', { kind: 'digest' as const }, false],
] as const)('a second chance where %s', async ([, facts, expected], { make, as, clock }) => {
  const moments = Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [
      name,
      typeof value === 'object' ? clock.ago(value as Span) : value,
    ]),
  );
  await make.topic({ title: 'Asked about', score: 2, postedAt: clock.ago(DAY_OLD), ...moments });
  expect(titlesOn(await as.visitor().visit(paths.secondChance()))).toEqual(expected ? ['Asked about'] : []);
});

test('a topic that somebody flagged gets no second chance', async ({ make, as, clock, db }) => {
  const topic = await make.topic({ score: 2, postedAt: clock.ago(DAY_OLD) });
  await make.flag({ post: topic.openingPostId });
  await db.update(posts).set({ flagWeight: 1 }).where(eq(posts.id, topic.openingPostId));
  const page = await as.visitor().visit(paths.secondChance());
  expect(titlesOn(page)).toEqual([]);
  expect(page.main).toContain('No topic is waiting for a second look right now.');
});
