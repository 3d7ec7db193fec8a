// Pages take a fixed number of queries whatever they show (DESIGN section 9, and decision 027 for long topics): a topic 4, a
// list 3, one more for a member.
import { followLevels, tags, topicTags } from '../../src/db/schema/index.ts';
import { importOne } from '../features/threads/importing.ts';
import { expect, test } from '../support/forum.ts';

for (const [size, most] of [
  [0, 4],
  [2, 4],
  [150, 4],
  [250, 5],
] as const) {
  test(`a topic of ${size} replies that nobody has opened takes at most ${most} queries, and a member's one more`, async ({
    make,
    as,
    db,
    clock,
  }) => {
    const { id: authorId } = await make.member();
    const replies = Array.from({ length: size }, (_, n) => ({ text: `Reply ${n}` }));
    for (const [browser, allowed] of [
      [as.visitor(), most],
      [await as.member(), most + 1],
    ] as const) {
      const postedAt = clock.ago({ hours: 3 });
      const { id } = await importOne(db, { authorId, postedAt, title: 'A topic', replies });
      const { headers } = await browser.visit(`/t/${id}/a-topic`);
      const queries = Number(/(\d+) queries/.exec(headers['server-timing'] ?? '')?.[1]);
      expect(queries).toBeLessThanOrEqual(allowed);
      expect(queries).toBeGreaterThan(0);
    }
  });
}

test('a list takes at most 3 queries, 4 for a member', async ({ make, as, db, clock }) => {
  for (let n = 0; n < 40; n += 1) await make.topic({ source: `https://gridledger.example/${n}` });
  const digest = await make.topic({ kind: 'digest' });
  const [tag] = await db.insert(tags).values({ slug: 'power', name: 'power' }).returning();
  await db.insert(topicTags).values({ topicId: digest.id, tagId: tag!.id, position: 0 });
  const reader = await make.member();
  const followed = { sectionId: digest.sectionId, level: 'all' as const, setAt: clock.now() };
  await db.insert(followLevels).values({ memberId: reader.id, ...followed });
  const member = await as.member(reader);
  const narrowed = [
    '/?tag=power&tag=-b&age=week',
    '/s/funding?tag=power',
    '/tag/power?tag=-b',
    '/new/topics?since=1&tag=b',
  ];
  const lists = [
    '/',
    '/new',
    '/active',
    '/top?t=all',
    '/s/funding',
    '/site/gridledger.example',
    '/tag/power',
  ];
  for (const path of [
    ...lists,
    ...narrowed,
    '/site/gridledger.example?tag=power',
    '/second-chance',
    '/followed',
    '/unread',
  ]) {
    const own = path === '/followed' || path === '/unread';
    for (const [browser, most] of own
      ? [[member, 4] as const]
      : ([
          [as.visitor(), 3],
          [member, 4],
        ] as const)) {
      const { headers } = await browser.visit(path);
      const queries = Number(/(\d+) queries/.exec(headers['server-timing'] ?? '')?.[1]);
      expect(queries, path).toBeLessThanOrEqual(most);
      expect(queries, path).toBeGreaterThan(0);
    }
  }
});

test('pages of settings and texts take none for a visitor', async ({ as }) => {
  for (const path of ['/rules', '/about', '/privacy', '/sign-in']) {
    const { headers } = await as.visitor().visit(path);
    expect(headers['server-timing'], path).toContain('"0 queries"');
  }
});
