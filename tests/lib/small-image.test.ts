import { deflateSync, crc32 } from 'node:zlib';
import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { describe, expect, it, test } from 'vitest';
import { smallImage } from '../../src/lib/small-image.ts';

function picture(width: number, height: number): Sharp {
  return sharp({ create: { width, height, channels: 3, background: { r: 200, g: 30, b: 60 } } });
}

test.each(['png', 'jpeg', 'webp', 'gif', 'avif'] as const)('%s becomes a small WebP', async (format) => {
  const made = await smallImage(await picture(1_280, 720).toFormat(format).toBuffer());
  expect(made).toMatchObject({ width: 640, height: 360 });
  const { format: written, exif, icc, pages = 1 } = await sharp(made?.bytes).metadata();
  expect({ written, exif, icc, pages }).toEqual({
    written: 'webp',
    exif: undefined,
    icc: undefined,
    pages: 1,
  });
});

test('a small picture stays as small as it is, a tall one is not made wide', async () => {
  expect(await smallImage(await picture(100, 60).png().toBuffer())).toMatchObject({ width: 100, height: 60 });
  expect(await smallImage(await picture(500, 1_920).png().toBuffer())).toMatchObject({
    width: 250,
    height: 960,
  });
});

test('of a film only the first frame is taken', async () => {
  const frames = [picture(64, 64), picture(64, 64).negate()].map((frame) => frame.png().toBuffer());
  const film = await sharp(await Promise.all(frames), { join: { animated: true } })
    .gif()
    .toBuffer();
  expect((await sharp(film).metadata()).pages).toBe(2);
  const made = await smallImage(film);
  const { data } = await sharp(made?.bytes).raw().toBuffer({ resolveWithObject: true });
  expect((await sharp(made?.bytes).metadata()).pages ?? 1).toBe(1);
  expect(data[0]).toBeGreaterThan(150);
});

test('a photograph is turned as its camera says, and says no more where it was taken', async () => {
  const photograph = await picture(200, 100)
    .withMetadata({ orientation: 6 })
    .withExifMerge({ IFD0: { Copyright: 'somebody at home' } })
    .jpeg()
    .toBuffer();
  expect(photograph.includes('somebody at home')).toBe(true);
  const made = await smallImage(photograph);
  expect(made).toMatchObject({ width: 100, height: 200 });
  expect(made?.bytes.includes('somebody at home')).toBe(false);
});

test('noise, which nothing makes small, still fits', async () => {
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
  const bytes = await sharp({ create: { width: 900, height: 900, channels: 3, background: 'white', noise } })
    .png()
    .toBuffer();
  expect((await smallImage(bytes))?.bytes.length ?? 0).toBeLessThanOrEqual(60_000);
});

describe('what is refused', () => {
  it('an icon', async () => {
    expect(await smallImage(await picture(16, 16).png().toBuffer())).toBeUndefined();
  });

  it('a picture of more pixels than memory', async () => {
    expect(await smallImage(pngOf(30_000, 30_000))).toBeUndefined();
  });

  it('half a file', async () => {
    const whole = await sharp({
      create: {
        width: 400,
        height: 400,
        channels: 3,
        background: 'white',
        noise: { type: 'gaussian', mean: 128, sigma: 30 },
      },
    })
      .jpeg()
      .toBuffer();
    expect(await smallImage(whole)).toBeDefined();
    expect(await smallImage(whole.subarray(0, whole.length / 2))).toBeUndefined();
  });

  it.each([
    [
      'a drawing',
      '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100"><rect width="100" height="100"/></svg>',
    ],
    ['a page', '<!doctype html><title>Not found</title>'],
    ['nothing', ''],
    ['a beginning alone', '\x89PNG\r\n\x1a\n'],
    ['a PDF', '%PDF-1.4'],
  ])('%s', async (_what, text) => {
    expect(await smallImage(Buffer.from(text, 'latin1'))).toBeUndefined();
  });
});

/** A PNG that says it is this large, with next to no data. */
function pngOf(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const named = Buffer.concat([Buffer.from(type), data]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(named));
    return Buffer.concat([length, named, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  const data = deflateSync(Buffer.alloc(Math.ceil(width / 8 + 1) * height));
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
