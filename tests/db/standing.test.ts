// What is computed of a member by a correlated query is of that member, whatever else the query selects from.
import { eq } from 'drizzle-orm';
import { members } from '../../src/db/schema/index.ts';
import { barredUntil, endOfSanction } from '../../src/db/standing.ts';
import { sanction } from '../features/members/sanctions.ts';
import { expect, test } from '../support/forum.ts';

test('the end of a sanction is found in a select from members alone', async ({ make, db, clock }) => {
  const [, free, barred] = [await make.member(), await make.member(), await make.member()];
  const term = { startsAt: clock.ago({ hours: 1 }), endsAt: clock.ago({ hours: -3 }) };
  await sanction(db, barred, 'suspension', term);
  const now = clock.now();
  const columns = { suspended: endOfSanction('suspension', now), barred: barredUntil(now) };
  const find = (member: typeof free) => db.select(columns).from(members).where(eq(members.id, member.id));
  expect(await find(barred)).toEqual([{ suspended: term.endsAt, barred: term.endsAt }]);
  expect(await find(free)).toEqual([{ suspended: null, barred: null }]);
});
