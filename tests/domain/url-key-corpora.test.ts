// Two years of links that people really submitted, and the cases of the standard of addresses.
import { expect, test } from 'vitest';
import { urlKey } from '../../src/domain/url-key.ts';
import { describeWithCorpora, submittedAddresses, urlVerdicts } from '../support/corpora.ts';

describeWithCorpora('the links of two forums', () => {
  test('every repeat is found, and those that are spelt otherwise', () => {
    const addresses = submittedAddresses().filter((address) => address !== '');
    const keys = new Map<string, string>();
    const refused = new Set<string>();
    const unsettled: string[] = [];
    for (const address of new Set(addresses)) {
      const read = urlKey(address);
      if (!read.ok) {
        refused.add(address);
        continue;
      }
      keys.set(address, read.key);
      const again = urlKey(`https://${read.key}`);
      if (!again.ok || again.key !== read.key) unsettled.push(address);
    }
    expect(unsettled).toEqual([]);
    // Nobody but their authors could open these: localhost, bare words, addresses of numbers.
    expect(
      [...refused].every((address) => !/^https?:\/\/[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:\/|$)/.test(address)),
    ).toBe(true);
    const submissions = addresses.filter((address) => keys.has(address));
    expect({
      submissions: submissions.length,
      refused: refused.size,
      repeatsByLetter: submissions.length - keys.size,
      repeatsByKey: submissions.length - new Set(keys.values()).size,
    }).toEqual({ submissions: 34_172, refused: 13, repeatsByLetter: 2_967, repeatsByKey: 3_474 });
  });
});

describeWithCorpora('the cases of the standard', () => {
  test('none throws, and what is no address is refused with the reason', () => {
    const cases = urlVerdicts();
    expect(cases.length).toBeGreaterThan(3_600);
    const accepted: string[] = [];
    for (const { address, fails } of cases) {
      const read = urlKey(address);
      if (!read.ok) {
        expect(read.reason, address).toMatch(/^[A-Z].*\.$/);
        continue;
      }
      const again = urlKey(`https://${read.key}`);
      expect(again.ok && again.key, address).toBe(read.key);
      expect(URL.parse(read.shown)?.protocol, address).toMatch(/^https?:$/);
      if (fails) accepted.push(address);
    }
    expect(accepted).toEqual([]);
  });
});
