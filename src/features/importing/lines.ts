// Lines of a file, whatever its size: bytes are cut at line feeds alone (readline would also cut at U+2028, which JSON
// texts may hold), and a line that is not UTF-8 or far too long is told of instead of being read wrongly.

export type Line =
  | { readonly number: number; readonly ok: true; readonly text: string }
  | { readonly number: number; readonly ok: false; readonly reason: string };

/**
 * Near the longest text that JavaScript can hold; a topic of a thousand replies, each edited often, stays far below it.
 * Without a bound, a file without line feeds would fill the memory.
 */
const LONGEST_LINE = 400 * 1024 * 1024;
const LINE_FEED = 0x0a;

/**
 * The lines of a stream of bytes, counted from 1. Empty ones are left out.
 * @param isCutOff asked at the end: whether the stream ended too early, so that its last line is none
 */
export async function* readLines(
  bytes: AsyncIterable<Buffer>,
  longest: number = LONGEST_LINE,
  isCutOff: () => boolean = () => false,
): AsyncGenerator<Line> {
  let number = 1;
  let pieces: Buffer[] = [];
  let length = 0;
  const add = (piece: Buffer): void => {
    length += piece.length;
    if (length <= longest) pieces.push(piece);
    else pieces = [];
  };
  const finish = (): Line | undefined => {
    const line = length > longest ? tooLong(number, longest) : decode(number, Buffer.concat(pieces));
    pieces = [];
    length = 0;
    number += 1;
    return line;
  };
  for await (const chunk of bytes) {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      add(chunk.subarray(start, end));
      start = end + 1;
      const line = finish();
      if (line) yield line;
    }
    add(chunk.subarray(start));
  }
  const last = isCutOff() ? undefined : finish();
  if (last) yield last;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function decode(number: number, bytes: Buffer): Line | undefined {
  try {
    const text = utf8.decode(bytes).trim();
    return text === '' ? undefined : { number, ok: true, text };
  } catch {
    return { number, ok: false, reason: 'is not UTF-8 text' };
  }
}

function tooLong(number: number, longest: number): Line {
  return { number, ok: false, reason: `is longer than ${Math.round(longest / 1024 / 1024)} MB` };
}
