// Password hashes: argon2id of node:crypto, stored as PHC strings so that each carries what it was made with. The work
// is rationed, since every hash takes memory and a thread that the rest of the process needs too.
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

export interface PasswordCost {
  readonly memoryKiB: number;
  readonly passes: number;
  readonly lanes: number;
}

/** OWASP's Password Storage Cheat Sheet, argon2id, second of its equivalent settings: some 25 ms here. */
export const PASSWORD_COST: PasswordCost = { memoryKiB: 19_456, passes: 2, lanes: 1 };

export interface PasswordOptions extends PasswordCost {
  /** Hashes computed at the same time; libuv has four threads, and files and names need some of them. */
  readonly atOnce: number;
  /** Callers who may wait for their turn; one more is refused. Forty wait half a second. */
  readonly waiting: number;
}
const DEFAULTS: PasswordOptions = { ...PASSWORD_COST, atOnce: 2, waiting: 40 };

/** Thrown at once instead of letting callers queue up without bound. */
export class PasswordsBusy extends Error {
  constructor() {
    super('too many passwords wait to be hashed');
  }
}

export interface Passwords {
  /** @returns a PHC string. @throws PasswordsBusy */
  hash(password: string): Promise<string>;
  /**
   * Whether the password is the one behind the hash. Without a hash (no such member, or none that logs in by
   * password) the same work is done, so that the time taken tells nothing. @throws PasswordsBusy
   */
  verify(password: string, hash: string | null | undefined): Promise<boolean>;
  /** Whether the hash was made at another cost than today's. */
  needsRehash(hash: string): boolean;
}

interface Recipe extends PasswordCost {
  readonly salt: Buffer;
  readonly tag: Buffer;
}

const SALT_BYTES = 16;
const TAG_BYTES = 32;
const PHC =
  /^\$argon2id\$v=19\$m=(\d{1,8}),t=(\d{1,4}),p=(\d{1,4})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,172})$/;

const derive = promisify(argon2);

/** What is not given is as in production; tests pass a small cost. */
export function createPasswords(options: Partial<PasswordOptions> = {}): Passwords {
  const { memoryKiB, passes, lanes, atOnce, waiting } = { ...DEFAULTS, ...options };
  const cost: PasswordCost = { memoryKiB, passes, lanes };
  const inTurn = rationed(atOnce, waiting);
  // Stands in for the hash that is not there; its tag is no hash's result.
  const nobody: Recipe = { ...cost, salt: randomBytes(SALT_BYTES), tag: randomBytes(TAG_BYTES) };

  return {
    async hash(password) {
      const salt = randomBytes(SALT_BYTES);
      const tag = await inTurn(() => tagOf(password, cost, salt, TAG_BYTES));
      return write({ ...cost, salt, tag });
    },
    async verify(password, hash) {
      const recipe = read(hash ?? '') ?? nobody;
      const tag = await inTurn(() => tagOf(password, recipe, recipe.salt, recipe.tag.length));
      return timingSafeEqual(tag, recipe.tag) && recipe !== nobody;
    },
    needsRehash(hash) {
      const recipe = read(hash);
      return (
        recipe?.memoryKiB !== memoryKiB ||
        recipe.passes !== passes ||
        recipe.lanes !== lanes ||
        recipe.tag.length !== TAG_BYTES
      );
    },
  };
}

/** More than any sensible hash asks for; verifying one that asks for more would take the machine down. */
const MOST_COST: PasswordCost = { memoryKiB: 262_144, passes: 16, lanes: 16 };

/** Whether a hash that came from elsewhere is one that `verify` reads, at a cost that signing in may have. */
export function isPasswordHash(phc: string): boolean {
  const recipe = read(phc);
  return (
    recipe !== undefined &&
    recipe.passes >= 1 &&
    recipe.passes <= MOST_COST.passes &&
    recipe.lanes >= 1 &&
    recipe.lanes <= MOST_COST.lanes &&
    // RFC 9106, 3.1: below this the algorithm is not defined, and verifying would throw.
    recipe.memoryKiB >= 8 * recipe.lanes &&
    recipe.memoryKiB <= MOST_COST.memoryKiB
  );
}

/** The same characters can be typed as different code points; NFKC is what NIST SP 800-63B (3.1.1.2) asks for. */
function tagOf(password: string, cost: PasswordCost, salt: Buffer, bytes: number): Promise<Buffer> {
  return derive('argon2id', {
    message: password.normalize('NFKC'),
    nonce: salt,
    memory: cost.memoryKiB,
    passes: cost.passes,
    parallelism: cost.lanes,
    tagLength: bytes,
  });
}

/** PHC string format: base64 without padding. */
function write({ memoryKiB, passes, lanes, salt, tag }: Recipe): string {
  return `$argon2id$v=19$m=${memoryKiB},t=${passes},p=${lanes}$${unpadded(salt)}$${unpadded(tag)}`;
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}

function read(phc: string): Recipe | undefined {
  const match = PHC.exec(phc);
  if (!match) return undefined;
  const [, memory, passes, lanes, salt = '', tag = ''] = match;
  return {
    memoryKiB: Number(memory),
    passes: Number(passes),
    lanes: Number(lanes),
    salt: Buffer.from(salt, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  };
}

/** Runs at most `atOnce` jobs together, the others in the order of their coming; beyond `waiting` of those it refuses. */
function rationed(atOnce: number, waiting: number): <T>(job: () => Promise<T>) => Promise<T> {
  const queue: (() => void)[] = [];
  let running = 0;
  return async (job) => {
    if (running < atOnce) running += 1;
    else {
      if (queue.length >= waiting) throw new PasswordsBusy();
      // Whoever finishes hands its place on, so `running` stays as it is.
      await new Promise<void>((begin) => queue.push(begin));
    }
    try {
      return await job();
    } finally {
      const next = queue.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
