// Whatever is typed into the search field is a search, never a fault.
import fc from 'fast-check';
import { expect, test } from '../../support/forum.ts';

const operators = fc.constantFrom(
  ...[
    '"',
    "'",
    '-',
    '--',
    '|',
    '&',
    '!',
    '<->',
    '(',
    ')',
    ':*',
    ':A',
    '*',
    '\\',
    '%',
    '_',
    ' ',
    '\t',
    '\u0000',
    '\u0001',
  ],
  ...[
    'or',
    'OR',
    'and',
    'not',
    'llama',
    'the',
    '<b>',
    '&amp;',
    'https://example.org/a?b=c',
    'a@b.example',
    '1e9',
    'x-y-z',
  ],
);
const words = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 210 }),
  fc.array(operators, { maxLength: 30 }).map((parts) => parts.join('')),
  fc.array(operators, { maxLength: 30 }).map((parts) => parts.join(' ')),
);

test('any words in any field are answered', async ({ make, as }) => {
  const topic = await make.topic({ title: 'The llama of "quotes" & <brackets>', body: 'One llama -- two.' });
  await make.reply({ topic, body: 'A llama\u0001\u0002 or https://example.org/a?b=c' });
  const browser = as.visitor();
  await fc.assert(
    fc.asyncProperty(words, words, fc.constantFrom('relevance', 'new'), async (q, by, sort) => {
      const query = new URLSearchParams({ q, by, sort, in: by, section: q });
      const { status } = await browser.get(`/search?${query.toString()}`);
      expect([200, 422]).toContain(status);
      expect((await browser.get(`/search?${new URLSearchParams({ q }).toString()}`)).status).toBe(status);
    }),
    { numRuns: 40 },
  );
});

test('addresses that are not well written are answered too', async ({ make, as }) => {
  await make.topic({ title: 'Llama' });
  const browser = as.visitor();
  for (const query of [
    'q=%00',
    'q=%',
    'q=%E0%A4%A',
    'q=%ED%A0%80llama',
    'q[]=llama',
    'q=llama&q=llama',
    'q',
    '=&=',
    'q=a%00b',
  ]) {
    expect((await browser.get(`/search?${query}`)).status).toBe(200);
  }
});
