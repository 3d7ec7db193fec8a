// docs/security.md names, for each point of OWASP ASVS 5.0.0 (levels 1 and 2), what meets it: all points stand in it, and
// what it names exists.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from './sources.ts';

/** The points of both levels, chapter by chapter. */
const POINTS = [
  '1.1.1–2 1.2.1–9 1.3.1–11 1.4.1–3 1.5.1–2',
  '2.1.1–3 2.2.1–3 2.3.1–4 2.4.1',
  '3.2.1–2 3.3.1–4 3.4.1–6 3.5.1–5 3.7.1–2',
  '4.1.1–3 4.2.1 4.3.1–2 4.4.1–4',
  '5.1.1 5.2.1–3 5.3.1–2 5.4.1–3',
  '6.1.1–3 6.2.1–12 6.3.1–4 6.4.1–4 6.5.1–5 6.6.1–3 6.8.1–4',
  '7.1.1–3 7.2.1–4 7.3.1–2 7.4.1–5 7.5.1–2 7.6.1–2',
  '8.1.1–2 8.2.1–3 8.3.1 8.4.1',
  '9.1.1–3 9.2.1–4',
  '10.1.1–2 10.2.1–2 10.3.1–4 10.4.1–11 10.5.1–5 10.6.1–2 10.7.1–3',
  '11.1.1–2 11.2.1–3 11.3.1–3 11.4.1–4 11.5.1 11.6.1',
  '12.1.1–3 12.2.1–2 12.3.1–4',
  '13.1.1 13.2.1–5 13.3.1–2 13.4.1–5',
  '14.1.1–2 14.2.1–4 14.3.1–3',
  '15.1.1–3 15.2.1–3 15.3.1–7',
  '16.1.1 16.2.1–5 16.3.1–4 16.4.1–3 16.5.1–3',
  '17.1.1 17.2.1–4 17.3.1–2',
];

const doc = readFileSync(join(ROOT, 'docs/security.md'), 'utf8');
const review = doc.slice(doc.indexOf('\n## OWASP ASVS'));

/** What stands before the first colon of the lines of a list, and in the cells of a table's rows. */
const listed = (text: string) => [...text.matchAll(/^- (\d[^:]*):/gm)].map(([, points = '']) => points);
const rowsOf = (text: string) =>
  [...text.matchAll(/^\| (\d.*) \|$/gm)].map(([, row = '']) => row.split(' | '));

/** "1.3.1, 1.3.5–7" as the points it means. */
function pointsIn(text: string): string[] {
  return [...text.matchAll(/\b(\d+\.\d+\.)(\d+)(?:–(\d+))?/g)].flatMap(
    ([, section = '', first, last = first]) =>
      Array.from({ length: Number(last) - Number(first) + 1 }, (_, n) => section + String(Number(first) + n)),
  );
}

describe('docs/security.md', () => {
  test('every point of levels 1 and 2 stands in it once: met, not met or not applicable', () => {
    const found = [...rowsOf(review).map(([points = '']) => points), ...listed(review)].flatMap(pointsIn);
    const wanted = POINTS.flatMap(pointsIn);
    expect(wanted).toHaveLength(70 + 183);
    expect(found.toSorted()).toEqual(wanted.toSorted());
  });

  test('every file that it names exists', () => {
    const named = [...doc.matchAll(/`((?:src|tests|views|docs|public|\.ci)\/[^`\s]*)`/g)].map(
      ([, path]) => path,
    );
    expect(named.length).toBeGreaterThan(100);
    expect(named.filter((path) => path === undefined || !existsSync(join(ROOT, path)))).toEqual([]);
  });

  test('what is met is met by a file, and what is not says what to do', () => {
    const [, open = '', met = ''] = review.split('\n### ');
    const isNamed = ([, , where = '']: string[]) => /^(?:`[^`\s]+\/[^`\s]+`(?:, |$))+$/.test(where);
    expect(rowsOf(met).length).toBeGreaterThan(80);
    expect(rowsOf(met).filter((row) => !isNamed(row))).toEqual([]);
    expect(rowsOf(open).length).toBeGreaterThan(0);
    expect(rowsOf(open).filter((row) => row.length !== 3)).toEqual([]);
  });
});
