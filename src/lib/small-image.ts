// Pictures of articles made small: decoded and written anew, so that nothing of a stranger's file is passed on but what
// it shows.
import type { Sharp } from 'sharp';

/** What decoders with a long record of attacks behind them read; SVG is a program, and everything else is rare. */
const READ = new Set(['jpeg', 'png', 'webp', 'gif', 'heif']);
/** 50 megapixels: more than any camera of a newspaper, 200 MB when decoded. */
const MOST_PIXELS = 50_000_000;
/** Twice the width at which pages show them, for fine screens. */
const MOST_WIDTH = 640;
/** Portraits and tall infographics are cut no further, only made small. */
const MOST_HEIGHT = 960;
/** They lie in the database and are sent with every page of a topic. */
const MOST_BYTES = 60_000;
const QUALITIES = [75, 60, 45, 30];
/** Smaller ones are pixels that count visits, and icons. */
const LEAST_SIDE = 32;
const DEADLINE_SECONDS = 5;

export interface SmallImage {
  readonly bytes: Buffer;
  readonly width: number;
  readonly height: number;
}

/** A picture as a small WebP without metadata; undefined when the bytes are no picture, or one that cannot be taken. */
export async function smallImage(bytes: Buffer): Promise<SmallImage | undefined> {
  const beginning = bytes.subarray(0, 16).toString('latin1');
  // Told by its bytes before a decoder sees it: what it is called is believed by nobody here.
  if (!/^(?:\xff\xd8\xff|\x89PNG\r\n|GIF8[79]a|RIFF[^]{4}WEBP|[^]{4}ftyp(?:avif|avis|mif1))/.test(beginning))
    return undefined;
  try {
    const { format, width, height } = await (await open(bytes)).metadata();
    if (!READ.has(format) || width < LEAST_SIDE || height < LEAST_SIDE) return undefined;
    return await encode(bytes);
  } catch {
    // Truncated, too large, or broken in one of a thousand ways: there is no picture.
    return undefined;
  }
}

/** The first frame only; a warning of the decoder is a fault. */
async function open(bytes: Buffer): Promise<Sharp> {
  const sharp = await decoder();
  return sharp(bytes, {
    limitInputPixels: MOST_PIXELS,
    failOn: 'warning',
    animated: false,
    sequentialRead: true,
  });
}

/** libvips is large: it is loaded for the first picture. */
const decoder = async () => (await import('sharp')).default;

async function encode(bytes: Buffer): Promise<SmallImage | undefined> {
  const resized = (await open(bytes))
    .timeout({ seconds: DEADLINE_SECONDS })
    .autoOrient()
    .resize({ width: MOST_WIDTH, height: MOST_HEIGHT, fit: 'inside', withoutEnlargement: true });
  const { data: pixels, info } = await resized
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  for (const quality of QUALITIES) {
    const webp = await (
      await decoder()
    )(pixels, { raw: { width, height, channels } })
      .webp({ quality, effort: 4 })
      .toBuffer();
    if (webp.length <= MOST_BYTES) return { bytes: webp, width, height };
  }
  return undefined;
}
