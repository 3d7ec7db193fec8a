// One answer of the forum, as it came over the line: what yardsticks send again.
import { request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import {
  brotliCompressSync,
  brotliDecompressSync,
  constants,
  gunzipSync,
  gzipSync,
  zstdCompressSync,
  zstdDecompressSync,
} from 'node:zlib';
import { FORM_HEADERS, HEADERS } from './requests.ts';

export type Coding = 'br' | 'gzip' | 'zstd';

export interface Page {
  readonly path: string;
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  /** As it was sent. */
  readonly bytes: Buffer;
  readonly type: string;
  readonly coding: Coding;
  /** Of the compression that gives as many bytes: the forum's own, whatever it is. */
  readonly level: number;
  /** The page itself. */
  readonly text: string;
}

interface Asked {
  readonly cookie?: string;
  readonly form?: string;
}

/** Asks as browsers do. @throws when the answer is no compressed page */
export async function fetchPage(url: string, path: string, asked: Asked = {}): Promise<Page> {
  const { status, headers, bytes } = await ask(url, path, asked);
  const coding = headers['content-encoding'];
  if (status !== 200 || !(coding === 'br' || coding === 'gzip' || coding === 'zstd'))
    throw new Error(`${path} answered ${status}, coding ${String(coding)}.`);
  const plain = CODINGS[coding].decode(bytes);
  return {
    ...{ path, status, headers, bytes, coding },
    type: String(headers['content-type']),
    level: levelOf(coding, plain, bytes.length),
    text: plain.toString(),
  };
}

/** One request; a form is posted. */
export function ask(
  url: string,
  path: string,
  { cookie, form }: Asked = {},
): Promise<Pick<Page, 'status' | 'headers' | 'bytes'>> {
  const headers = { ...HEADERS, ...(cookie && { cookie }), ...(form !== undefined && FORM_HEADERS) };
  return new Promise((resolve, reject) => {
    const sent = request(
      new URL(path, url),
      { method: form === undefined ? 'GET' : 'POST', headers },
      (answer) => {
        buffer(answer).then((bytes) => {
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, bytes });
        }, reject);
      },
    );
    sent.on('error', reject).end(form);
  });
}

interface Compression {
  readonly levels: readonly number[];
  readonly encode: (plain: Buffer, level: number) => Buffer;
  readonly decode: (bytes: Buffer) => Buffer;
}

const CODINGS: Readonly<Record<Coding, Compression>> = {
  br: {
    levels: [0, 1, 2, 3, 4, 5, 6],
    encode: (plain, level) =>
      brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: level } }),
    decode: brotliDecompressSync,
  },
  gzip: {
    levels: [1, 2, 3, 4, 5, 6, 7, 8, 9],
    encode: (plain, level) => gzipSync(plain, { level }),
    decode: gunzipSync,
  },
  zstd: {
    levels: [1, 2, 3, 4, 5, 6],
    encode: (plain, level) =>
      zstdCompressSync(plain, { params: { [constants.ZSTD_c_compressionLevel]: level } }),
    decode: zstdDecompressSync,
  },
};

/** The level whose result is nearest in size. */
function levelOf(coding: Coding, plain: Buffer, size: number): number {
  const { levels, encode } = CODINGS[coding];
  const off = (level: number) => Math.abs(encode(plain, level).length - size);
  return levels
    .map((level) => ({ level, off: off(level) }))
    .reduce((best, each) => (each.off < best.off ? each : best)).level;
}
