// Encryption of what is stored: only the right secret, for the right owner and purpose, opens it.
import { expect, test } from 'vitest';
import { createTextSealer } from '../../src/lib/sealed-text.ts';

const FIRST = 'a secret of tests, long enough to be one';
const SECOND = 'the secret that came after it, also long';

test('opens what it sealed, for its owner', () => {
  const sealer = createTextSealer('notes', [FIRST]);
  for (const text of ['', 'JBSWY3DPEHPK3PXP', 'ü🐙 '.repeat(100)])
    expect(sealer.open(sealer.seal(text, '7'), '7')).toEqual({ text, current: true });
});

test('another process with the same secret opens it, too', () => {
  const sealed = createTextSealer('notes', [FIRST]).seal('text', '7');
  expect(createTextSealer('notes', [FIRST]).open(sealed, '7')?.text).toBe('text');
});

test('neither another secret, nor another purpose, nor another owner opens it', () => {
  const sealed = createTextSealer('notes', [FIRST]).seal('text', '7');
  expect(createTextSealer('notes', [SECOND]).open(sealed, '7')).toBeUndefined();
  expect(createTextSealer('other notes', [FIRST]).open(sealed, '7')).toBeUndefined();
  expect(createTextSealer('notes', [FIRST]).open(sealed, '77')).toBeUndefined();
  // Also under the name of the key that another secret makes.
  const { keyId } = createTextSealer('notes', [SECOND]).seal('', '7');
  expect(createTextSealer('notes', [SECOND]).open({ ...sealed, keyId }, '7')).toBeUndefined();
});

test('whatever byte of it is changed, it does not open', () => {
  const sealer = createTextSealer('notes', [FIRST]);
  const { keyId, box } = sealer.seal('text', '7');
  const bytes = Buffer.from(box, 'base64url');
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(sealer.open({ keyId, box: changed.toString('base64url') }, '7'), `byte ${at}`).toBeUndefined();
  }
  for (const cut of ['', 'AAAA', bytes.subarray(0, -1).toString('base64url')])
    expect(sealer.open({ keyId, box: cut }, '7')).toBeUndefined();
});

test('an earlier secret still opens, and says that it is to be sealed again', () => {
  const sealed = createTextSealer('notes', [FIRST]).seal('text', '7');
  const rotated = createTextSealer('notes', [SECOND, FIRST]);
  expect(rotated.open(sealed, '7')).toEqual({ text: 'text', current: false });
  const again = rotated.seal('text', '7');
  expect(again.keyId).not.toBe(sealed.keyId);
  expect(createTextSealer('notes', [SECOND]).open(again, '7')).toEqual({ text: 'text', current: true });
});

test('the same text is never sealed the same way twice', () => {
  const sealer = createTextSealer('notes', [FIRST]);
  const boxes = Array.from({ length: 50 }, () => sealer.seal('text', '7').box);
  expect(new Set(boxes).size).toBe(50);
});
