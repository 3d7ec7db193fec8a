// The title of a PDF: out of its Info dictionary, else of its XMP packet (ISO 32000-1, section 14.3). A reader of whole
// PDFs is a megabyte of code that a small file can make fill the memory (docs/dependencies.md); this one looks at these
// two places in the bytes and unpacks little.
import { inflateSync } from 'node:zlib';
import { objectIn, readDictionary, streamIn } from './pdf-objects.ts';
import { MOST, plainText } from './texts.ts';
import { isRealTitle } from './titles.ts';

/** A file has one trailer for each time it was saved; the last ones count. */
const MOST_TRAILERS = 5;
/** Objects in streams: so many streams, so many bytes of each and, about, of all, unpacked; each holds some hundreds. */
const MOST_STREAMS = 50;
const MOST_OF_STREAM = 1_048_576;
const MOST_UNPACKED = 8 * MOST_OF_STREAM;
const MOST_PAIRS = 65_536;
const MOST_XMP = 65_536;

/** The title that a PDF's author gave it; null where programs filled it in, or the bytes are no PDF. */
export function pdfTitle(body: Buffer): string | null {
  if (!body.subarray(0, 1_024).includes('%PDF-')) return null;
  for (const written of [titleInInfo(body), titleInXmp(body)]) {
    const title = plainText(written ?? '', MOST.title);
    if (title !== null && isRealTitle(title)) return title;
  }
  return null;
}

function titleInInfo(body: Buffer): string | undefined {
  // Then all texts but the XMP packet's are ciphers.
  if (body.includes('/Encrypt')) return undefined;
  let end = body.length;
  let packed: ReadonlyMap<number, PackedObject> | undefined;
  for (let seen = 0; seen < MOST_TRAILERS; seen++) {
    const at = body.lastIndexOf('/Info', end);
    if (at === -1) return undefined;
    const [, number] = /^\/Info\s+(\d{1,10})\s+\d{1,5}\s+R/.exec(body.toString('latin1', at, at + 60)) ?? [];
    if (number !== undefined) {
      const open = objectIn(body, number);
      const found =
        open === undefined ? (packed ??= packedObjects(body)).get(Number(number)) : { bytes: body, at: open };
      const title = found && readDictionary(found.bytes, found.at)?.get('Title');
      if (title instanceof Buffer) return decodePdfText(title);
    }
    if (at === 0) return undefined;
    end = at - 1;
  }
  return undefined;
}

interface PackedObject {
  readonly bytes: Buffer;
  readonly at: number;
}

/** The objects that lie with others in compressed streams (section 7.5.7), by number: of several the first. */
function packedObjects(body: Buffer): ReadonlyMap<number, PackedObject> {
  const objects = new Map<number, PackedObject>();
  let left = MOST_UNPACKED;
  let at = -1;
  for (let seen = 0; seen < MOST_STREAMS && left > 0; seen++) {
    at = body.indexOf('/ObjStm', at + 1);
    if (at === -1) break;
    const opens = body.lastIndexOf(' obj', at);
    const dictionary = opens === -1 ? undefined : readDictionary(body, opens + ' obj'.length);
    const stream = dictionary?.get('Type') === 'ObjStm' ? streamIn(body, at) : undefined;
    const bytes = stream && unpack(stream);
    if (!dictionary || !bytes) continue;
    left -= bytes.length;
    // The stream begins with pairs of an object's number and its place behind /First.
    const first = Number(dictionary.get('First'));
    if (!(first > 0 && first <= MOST_PAIRS)) continue;
    const pairs = bytes.toString('latin1', 0, first).matchAll(/(\d{1,10})\s+(\d{1,10})/g);
    for (const [, number, offset] of pairs)
      if (!objects.has(Number(number))) objects.set(Number(number), { bytes, at: first + Number(offset) });
  }
  return objects;
}

function unpack(stream: Buffer): Buffer | undefined {
  try {
    return inflateSync(stream, { maxOutputLength: MOST_OF_STREAM });
  } catch {
    return undefined;
  }
}

/** The packet is written in plain even where everything else is packed, so that it can be found without reading the file. */
function titleInXmp(body: Buffer): string | undefined {
  const at = body.indexOf('<dc:title');
  const end = at === -1 ? -1 : body.indexOf('</dc:title>', at);
  if (end === -1 || end - at > MOST_XMP) return undefined;
  const [, title] = /<rdf:li[^<>]*>([^<]*)<\/rdf:li>/.exec(body.toString('utf8', at, end)) ?? [];
  return title;
}

/** Where the single-byte encoding of PDF differs from Latin-1 (annex D.2): from 0x80 on. */
const FROM_80 = '•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž\uFFFD€';

/** A text string (section 7.9.2.2): UTF-16 or UTF-8 with a mark, else one byte a character; many write UTF-8 unmarked. */
function decodePdfText(bytes: Buffer): string {
  const mark = bytes.toString('latin1', 0, 2);
  if (mark === '\xfe\xff') return new TextDecoder('utf-16be').decode(bytes);
  if (mark === '\xff\xfe') return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return bytes
      .toString('latin1')
      .replace(/[\x80-\xa0]/g, (character) => FROM_80.charAt(character.charCodeAt(0) - 0x80));
  }
}
