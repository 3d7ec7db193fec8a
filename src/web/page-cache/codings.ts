// In which coding a kept page is sent: as the browser that asks takes it.
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants, gzip } from 'node:zlib';

export type Coding = 'br' | 'gzip' | 'identity';

const SMALLEST_COMPRESSED = 1_024;
const QUALITY = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };
const toBrotli = promisify(brotliCompress);
const fromBrotli = promisify(brotliDecompress);
const toGzip = promisify(gzip);

/** The best coding that an Accept-Encoding header takes. */
export function codingFor(accepted: string | string[] | undefined): Coding {
  const header = String(accepted ?? '');
  const known = chosen.get(header);
  if (known) return known;
  const coding = takes('br', header) ? 'br' : takes('gzip', header) ? 'gzip' : 'identity';
  // Browsers send a handful of different ones; whoever makes them up fills no memory.
  if (chosen.size >= MOST_HEADERS) chosen.clear();
  chosen.set(header, coding);
  return coding;
}

const chosen = new Map<string, Coding>();
const MOST_HEADERS = 200;

function takes(coding: 'br' | 'gzip', header: string): boolean {
  return header.split(',').some((part) => {
    const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
    return name === coding && !parameters.some((parameter) => /^q\s*=\s*0(?:\.0*)?$/.test(parameter));
  });
}

/** A text in the codings that were asked for so far. */
export class CodedText {
  readonly #coded = new Map<Coding, Buffer>();
  /** Bytes of them all. */
  size = 0;

  private constructor(coding: Coding, bytes: Buffer) {
    this.#add(coding, bytes);
  }

  static async of(text: string): Promise<CodedText> {
    const bytes = Buffer.from(text);
    if (bytes.length < SMALLEST_COMPRESSED) return new CodedText('identity', bytes);
    return new CodedText('br', await toBrotli(bytes, QUALITY));
  }

  /** Whether it is so short that it is sent as it is. */
  get isShort(): boolean {
    return this.#coded.has('identity');
  }

  /** What is there already; undefined: it has to be made. */
  in(coding: Coding): Buffer | undefined {
    return this.#coded.get(coding);
  }

  /** Makes it; what nearly nobody takes is not kept. */
  async make(coding: Coding): Promise<Buffer> {
    const brotli = this.#coded.get('br');
    if (!brotli) throw new Error('A short text has no other coding.');
    const text = await fromBrotli(brotli);
    if (coding === 'identity') return text;
    const bytes = await toGzip(text);
    if (!this.#coded.has(coding)) this.#add(coding, bytes);
    return bytes;
  }

  #add(coding: Coding, bytes: Buffer): void {
    this.#coded.set(coding, bytes);
    this.size += bytes.length;
  }
}
