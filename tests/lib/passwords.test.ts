// Password hashing: the format and figures of argon2id, interoperation with its reference implementation, the ration.
import { describe, expect, test } from 'vitest';
import { createPasswords, PASSWORD_COST, PasswordsBusy } from '../../src/lib/passwords.ts';

const CHEAP = { memoryKiB: 8, passes: 1, lanes: 1 };
const passwords = createPasswords(CHEAP);

// From test.c of the reference implementation (P-H-C/phc-winner-argon2): argon2id, 256 KiB, 2 passes, 1 lane.
const REFERENCE = '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4';

describe('hashing', () => {
  test('production pays what OWASP asks for, and says so in the hash', async () => {
    expect(PASSWORD_COST).toEqual({ memoryKiB: 19_456, passes: 2, lanes: 1 });
    const hash = await createPasswords().hash('a short sentence');
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  });

  test('two hashes of one password differ', async () => {
    expect(await passwords.hash('same')).not.toBe(await passwords.hash('same'));
  });

  test('the password is recognised, any other is not', async () => {
    const hash = await passwords.hash('correct horse');
    expect(await passwords.verify('correct horse', hash)).toBe(true);
    expect(await passwords.verify('correct horse ', hash)).toBe(false);
    expect(await passwords.verify('Correct horse', hash)).toBe(false);
    expect(await passwords.verify('', hash)).toBe(false);
  });

  test("hashes of argon2's reference implementation are understood", async () => {
    expect(await passwords.verify('password', REFERENCE)).toBe(true);
    expect(await passwords.verify('differentpassword', REFERENCE)).toBe(false);
  });

  test('a letter typed composed or decomposed is the same letter', async () => {
    const hash = await passwords.hash('caf\u00e9 noir');
    expect(await passwords.verify('cafe\u0301 noir', hash)).toBe(true);
  });

  test.each([undefined, null, '', 'not a hash', '$2b$12$abcdefghijklmnopqrstuv', `${REFERENCE}!`])(
    'nothing matches %j, which is no hash',
    async (hash) => {
      expect(await passwords.verify('password', hash)).toBe(false);
    },
  );
});

describe('rehashing', () => {
  test('is wanted when the cost has changed', async () => {
    const hash = await passwords.hash('x');
    expect(passwords.needsRehash(hash)).toBe(false);
    expect(createPasswords({ ...CHEAP, memoryKiB: 16 }).needsRehash(hash)).toBe(true);
    expect(createPasswords({ ...CHEAP, passes: 2 }).needsRehash(hash)).toBe(true);
    expect(createPasswords({ ...CHEAP, memoryKiB: 16, lanes: 2 }).needsRehash(hash)).toBe(true);
    expect(passwords.needsRehash(REFERENCE)).toBe(true);
    expect(passwords.needsRehash('anything else')).toBe(true);
  });
});

describe('the ration', () => {
  test('two are computed at once and forty wait; one more is refused at once', async () => {
    const callers = Array.from({ length: 43 }, (_, place) => passwords.hash(String(place)));
    const outcomes = await Promise.allSettled(callers);
    expect(outcomes.slice(0, 42).every(({ status }) => status === 'fulfilled')).toBe(true);
    expect(outcomes[42]).toMatchObject({ status: 'rejected', reason: expect.any(PasswordsBusy) as unknown });
  });

  test('places are free again once the work is done', async () => {
    const narrow = createPasswords({ ...CHEAP, atOnce: 1, waiting: 1 });
    const outcomes = await Promise.allSettled(['1', '2', '3'].map((each) => narrow.hash(each)));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    await expect(Promise.all([narrow.hash('4'), narrow.hash('5')])).resolves.toHaveLength(2);
  });

  test('a computation that fails gives its place back', async () => {
    const narrow = createPasswords({ ...CHEAP, atOnce: 1, waiting: 0 });
    await expect(narrow.verify('x', REFERENCE.replace('m=256', 'm=1'))).rejects.toThrow(RangeError);
    await expect(narrow.verify('password', REFERENCE)).resolves.toBe(true);
  });

  test('a name nobody has costs the same work: at a cost that cannot be paid, it fails alike', async () => {
    const unpayable = createPasswords({ ...CHEAP, memoryKiB: 1 });
    await expect(unpayable.hash('guess')).rejects.toThrow(RangeError);
    await expect(unpayable.verify('guess', undefined)).rejects.toThrow(RangeError);
    await expect(unpayable.verify('guess', null)).rejects.toThrow(RangeError);
  });
});
