// What was measured, for whoever asks: FAULT_REPORT names a file to which each test adds a line of a Markdown table.
import fs from 'node:fs';
import type { Tally } from './journal.ts';

const HEAD = `| fault | rounds | writes answered | unanswered but present | unanswered and absent | serves again: median | worst |
|---|---|---|---|---|---|---|
`;

/** @param times how long it took until the forum served again, in milliseconds, one a round */
export function report(fault: string, tally: Partial<Tally>, times: readonly number[]): void {
  const file = process.env.FAULT_REPORT ?? '';
  if (file === '') return;
  if (!fs.existsSync(file)) fs.writeFileSync(file, HEAD);
  const sorted = times.toSorted((one, other) => one - other);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const { answered = '', foundUnanswered = '', lostUnanswered = '' } = tally;
  const cells = [fault, times.length, answered, foundUnanswered, lostUnanswered];
  fs.appendFileSync(
    file,
    `| ${cells.join(' | ')} | ${inSeconds(median)} | ${inSeconds(sorted.at(-1) ?? 0)} |\n`,
  );
}

const inSeconds = (milliseconds: number): string => `${(milliseconds / 1_000).toFixed(2)} s`;
