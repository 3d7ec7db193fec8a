// The escape every feed and sitemap goes through.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { element, xmlDocument } from '../../../src/features/feeds/xml.ts';
import { parseXml } from './xml.ts';

const text = fc.string({ unit: 'binary', maxLength: 60 });
/** What XML has no way to write is left out. */
const written = (given: string) =>
  // eslint-disable-next-line no-control-regex -- control characters are what is left out
  given.toWellFormed().replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '');

test('whatever stands in a text or an attribute comes back as it was', () => {
  fc.assert(
    fc.property(text, text, (content, value) => {
      const node = parseXml(
        xmlDocument(element('a', [element('b', content), element('c', [], { d: value })])),
      );
      expect(node.child('b').text).toBe(written(content));
      expect(node.child('c').attributes.d).toBe(written(value));
    }),
  );
});

test('markup in a text is text', () => {
  expect(element('title', 'a <b> & "c" \u0000\uFFFF]]>')).toBe(
    '<title>a &lt;b&gt; &amp; &quot;c&quot; ]]&gt;</title>\n',
  );
});
