// QR codes: the picture says what it was made of, and is a picture and nothing else.
import decodeQR from 'qr/decode.js';
import { expect, test } from 'vitest';
import { qrCodeHtml } from '../../src/lib/qr-code.ts';

const ADDRESS =
  'otpauth://totp/Tokenwire:diana_f?issuer=Tokenwire&secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&algorithm=SHA1&digits=6&period=30';
const SCALE = 6;

/** Paints the path as a browser would: unit squares, each drawn from where the last one began. */
function paint(svg: string): { width: number; height: number; data: Uint8ClampedArray } {
  const modules = Number(/viewBox="0 0 (\d+) \1"/.exec(svg)?.[1]);
  const width = modules * SCALE;
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  let [x, y] = [0, 0];
  for (const [, relative, dx, dy] of svg.matchAll(/(?:(m)|M)(-?\d+) ?(-?\d+)h1v1(?:h-1|H\d+)Z/g)) {
    [x, y] = relative ? [x + Number(dx), y + Number(dy)] : [Number(dx), Number(dy)];
    for (let row = y * SCALE; row < (y + 1) * SCALE; row += 1)
      for (let column = x * SCALE; column < (x + 1) * SCALE; column += 1)
        data.fill(0, (row * width + column) * 4, (row * width + column) * 4 + 3);
  }
  return { width, height: width, data };
}

test('a reader finds the text in it', () => {
  expect(decodeQR(paint(qrCodeHtml(ADDRESS)))).toBe(ADDRESS);
});

test('whatever the text, it is one path of numbers', () => {
  for (const text of [ADDRESS, '"><script>alert(1)</script>', '\u0000', 'ü🐙'])
    expect(qrCodeHtml(text)).toMatch(
      /^<svg viewBox="0 0 \d+ \d+" xmlns="http:\/\/www\.w3\.org\/2000\/svg"><path d="[\d mMhHvZ-]+"\/><\/svg>$/,
    );
});
