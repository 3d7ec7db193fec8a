// The manuscript form in which the demonstration is written: what it joins, what it reads, what it refuses.
import { describe, expect, test } from 'vitest';
import { discussion, text } from '../../../src/features/demonstration/content/manuscript.ts';

describe('the manuscript', () => {
  test('joins wrapped lines and keeps Markdown that has lines of its own', () => {
    expect(text`
      One paragraph
      over two lines.

      - an item
        that goes on
      - another

      ~~~sh
      a
        b
      ~~~
    `).toBe('One paragraph over two lines.\n\n- an item that goes on\n- another\n\n~~~sh\na\n  b\n~~~');
  });

  test('reads depth, author, time, upvotes and marks', () => {
    expect(discussion`
      #1 one +2h ^3
      First.

      #2 two +5m ${{ purpose: 'question' }}
      Second?

      #1 three +1m
      Third.
    `).toEqual([
      {
        author: 'one',
        minutesAfter: 120,
        upvotes: 3,
        body: 'First.',
        replies: [{ author: 'two', minutesAfter: 5, body: 'Second?', purpose: 'question', replies: [] }],
      },
      { author: 'three', minutesAfter: 1, body: 'Third.', replies: [] },
    ]);
  });

  test('refuses what it cannot place', () => {
    expect(() => discussion`#1 one 5m`).toThrow('#1 one 5m');
    expect(() => discussion`Nobody speaks.`).toThrow('Nobody speaks.');
    expect(
      () => discussion`
      #1 one +5m
      First.
      #3 three +5m
      Third.
    `,
    ).toThrow('#3 three +5m');
    expect(
      () => discussion`
      #1 one +5m
      First. ${{ held: true }}
    `,
    ).toThrow('A mark stands outside');
  });
});
