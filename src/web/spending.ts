// What it is to spend from a budget, wherever it is counted.
import { createHash } from 'node:crypto';

/** What is spent of a budget, and in how many milliseconds it is full again. */
export interface Spent {
  readonly current: number;
  readonly ttl: number;
}
export type Spend = (key: string, windowMs: number, max: number) => Promise<Spent>;

/** As the database knows it: of one length however much was typed, and no list of addresses. */
export function budgetKey(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}

/** Counts a request that only reads, without waiting for anything. */
export type Count = (key: string, windowMs: number, max: number) => Spent;
