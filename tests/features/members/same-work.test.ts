// Logging in tells by nothing whether there is such an account: the same answer, after the same hash and statements. That
// they take the same time follows from it; it is measured apart from the tests (docs/security.md).
import pg from 'pg';
import { vi } from 'vitest';
import { queryTally } from '../../../src/db/connection.ts';
import { totpFactors } from '../../../src/db/schema/index.ts';
import { expect, test } from '../../support/forum.ts';
import { giveTwoStep } from './factors.ts';
import { sanction } from './sanctions.ts';

const PASSWORD = 'three odd words';

/** The statements of the requests that something sends, without their values; the page cache asks for its own meanwhile. */
async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const statements: string[] = [];
  const { query } = pg.Client.prototype as { query: (this: unknown, ...given: unknown[]) => unknown };
  const spy = vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (
    this: unknown,
    ...given: unknown[]
  ) {
    const [first] = given;
    if (queryTally.getStore())
      statements.push(typeof first === 'string' ? first : (first as { text: string }).text);
    return Reflect.apply(query, this, given);
  });
  await work();
  spy.mockRestore();
  return statements;
}

test.for([
  ['a name and a wrong password', 'diana_f'],
  ['an address and a wrong password', 'diana_f@example.org'],
  ['an account with two-step login', 'careful'],
  ['an account without a password', 'imported'],
  ['an account without a confirmed address', 'newcomer'],
  ['a suspended account', 'barred'],
  ['an address nobody has', 'nobody@example.org'],
] as const)(
  '%s takes the work of a name nobody has',
  async ([, name], { app, as, clock, db, forum, make }) => {
    await make.member({ name: 'diana_f', password: PASSWORD });
    await giveTwoStep(app, await make.member({ name: 'careful', password: PASSWORD }));
    await make.member({ name: 'imported' });
    await make.member({ name: 'newcomer', password: PASSWORD, confirmedAt: null });
    const barred = await make.member({ name: 'barred', password: PASSWORD });
    await sanction(db, barred, 'suspension', { startsAt: clock.now(), endsAt: null });
    expect(await db.select().from(totpFactors)).toHaveLength(1);

    const verify = vi.spyOn(forum.passwords, 'verify');
    const hash = vi.spyOn(forum.passwords, 'hash');
    const guess = (who: string) => async () =>
      expect((await as.visitor().post('/sign-in', { name: who, password: 'a wrong guess' })).status).toBe(
        422,
      );
    const nobodys = await statementsOf(guess('nobody'));
    const theirs = await statementsOf(guess(name));
    // An address is looked for in another column: the rest is the same.
    const shape = (statement: string) => statement.replace(/"members"\."(?:name|email)_key" = /, 'KEY = ');
    expect(theirs.map(shape)).toEqual(nobodys.map(shape));
    expect(theirs.length).toBeGreaterThan(0);
    expect(verify).toHaveBeenCalledTimes(2);
    expect(hash).not.toHaveBeenCalled();
    verify.mockRestore();
    hash.mockRestore();
  },
);
