// In which coding an answer is sent: as the browser that asks takes it.
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip, zstdCompress } from 'node:zlib';

export type Coding = 'zstd' | 'br' | 'gzip' | 'identity';

/** For what is sent many times: every browser takes the first. */
export const KEPT_CODINGS = ['br', 'gzip'] as const;
/** For what is made for one answer: Zstandard takes half the work of Brotli for the same size. */
export const ONE_TIME_CODINGS = ['zstd', 'br', 'gzip'] as const;

/** Bytes: what is shorter fits one packet anyway. */
export const SMALLEST_COMPRESSED = 1_024;

const toZstandard = promisify(zstdCompress);
const toBrotli = promisify(brotliCompress);
const toGzip = promisify(gzip);

/** So large that nearly every page comes out in one piece: each one is a way to another thread and back. */
const PIECE = 128 * 1_024;
const QUICKLY = {
  zstd: { chunkSize: PIECE, params: { [constants.ZSTD_c_compressionLevel]: 3 } },
  br: { chunkSize: PIECE, params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
  gzip: { chunkSize: PIECE },
};

/** Off the main thread. */
export async function encode(bytes: Buffer, coding: Coding): Promise<Buffer> {
  switch (coding) {
    case 'zstd':
      // Without knowing how much will come, it takes room for any amount.
      return toZstandard(bytes, { ...QUICKLY.zstd, pledgedSrcSize: bytes.length });
    case 'br':
      return toBrotli(bytes, {
        ...QUICKLY.br,
        params: { ...QUICKLY.br.params, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
      });
    case 'gzip':
      return toGzip(bytes, QUICKLY.gzip);
    case 'identity':
      return bytes;
  }
}

/** Of the codings, the first that an Accept-Encoding header takes. */
export function codingFor(
  accepted: string | string[] | undefined,
  codings: typeof KEPT_CODINGS | typeof ONE_TIME_CODINGS,
): Coding {
  const taken = codingsIn(String(accepted ?? ''));
  return codings.find((coding) => taken.has(coding)) ?? 'identity';
}

const read = new Map<string, ReadonlySet<string>>();
/** Browsers send a handful of different ones; whoever makes them up fills no memory. */
const MOST_HEADERS = 200;

function codingsIn(header: string): ReadonlySet<string> {
  const known = read.get(header);
  if (known) return known;
  const taken = new Set(
    header.split(',').flatMap((part) => {
      const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
      return parameters.some((parameter) => /^q\s*=\s*0(?:\.0*)?$/.test(parameter)) ? [] : [name];
    }),
  );
  if (read.size >= MOST_HEADERS) read.clear();
  read.set(header, taken);
  return taken;
}
