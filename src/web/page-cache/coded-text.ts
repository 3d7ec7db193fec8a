// A kept page in the codings that browsers took so far.
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { alone } from '../../lib/alone.ts';
import { type Coding, encode, SMALLEST_COMPRESSED } from '../codings.ts';

const fromBrotli = promisify(brotliDecompress);

export class CodedText {
  readonly #coded = new Map<Coding, Buffer>();
  /** Bytes of them all. */
  size = 0;

  private constructor(coding: Coding, bytes: Buffer) {
    this.#add(coding, bytes);
  }

  static async of(bytes: Buffer): Promise<CodedText> {
    if (bytes.length < SMALLEST_COMPRESSED) return new CodedText('identity', bytes);
    return new CodedText('br', await encode(bytes, 'br'));
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
    const bytes = await encode(text, coding);
    if (!this.#coded.has(coding)) this.#add(coding, bytes);
    return bytes;
  }

  #add(coding: Coding, bytes: Buffer): void {
    this.#coded.set(coding, alone(bytes));
    this.size += bytes.length;
  }
}
