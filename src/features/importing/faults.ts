// What becomes of a write that the database refuses.
import { sqlState } from '../../db/connection.ts';
import { LineFault } from './records.ts';

const ATTEMPTS = 3;
/**
 * Serialization failure, deadlock, and a name that somebody took since it was looked up: the forum runs meanwhile, and one
 * of two had to give way.
 */
const GAVE_WAY = ['40001', '40P01', '23505'];

/** Does a piece of work again, up to twice, when it had to give way to somebody else's. */
export async function again<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === ATTEMPTS || !GAVE_WAY.includes(sqlState(error) ?? '')) throw error;
    }
  }
}

const DUPLICATE = '23505';

/** What is wrong with the line that was being written. @throws what is wrong with something else */
export function reasonOf(error: unknown): string {
  if (error instanceof LineFault) return error.message;
  const state = sqlState(error);
  // Classes 22 and 23: a value or a combination of values that the tables refuse.
  if (!/^2[23]/.test(state ?? '')) throw error;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return `is refused by the database: ${String(cause)}`;
  // Of a duplicate it is the detail that names the key.
  const detail = state === DUPLICATE && 'detail' in cause ? ` ${String(cause.detail)}` : '';
  return `is refused by the database: ${cause.message}${detail}`;
}
