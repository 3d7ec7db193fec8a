// Bytes to text, whatever they are said to be written in: servers and pages contradict each other, and both lie.
import sniff from 'html-encoding-sniffer';

const CHARSET = /;\s*charset\s*=\s*["']?([^\s"';]+)/i;
/** Pages are to name their encoding within 1,024 bytes; many do so after their scripts. */
const SEARCHED = 16_384;
const NOTHING_SAID = '';
/** What old servers say of everything they send. */
const SAID_OF_EVERYTHING = 'windows-1252';

/**
 * The text of an HTML page or of XML. Byte order mark, header and the document's own word are tried in this order,
 * strictly first; what nothing fits is read as the first of them says, with marks for what cannot be read.
 */
export function decodeText(bytes: Uint8Array, contentType: string, format: 'html' | 'xml'): string {
  const claims = claimsOf(bytes, CHARSET.exec(contentType)?.[1], format === 'xml');
  for (const encoding of [...claims, 'utf-8']) {
    const text = decode(bytes, encoding, true);
    if (text !== undefined) return text;
  }
  return decode(bytes, claims[0] ?? SAID_OF_EVERYTHING, false) ?? '';
}

function claimsOf(bytes: Uint8Array, header: string | undefined, xml: boolean): string[] {
  const options = { xml, defaultEncoding: NOTHING_SAID, ...(xml ? {} : { maxPrescanBytes: SEARCHED }) };
  const claims = [sniff(bytes, { ...options, transportLayerEncodingLabel: header }), sniff(bytes, options)];
  const distinct = [...new Set(claims)].filter((claim) => claim !== NOTHING_SAID);
  // Every byte means something in it, so trying it first would prove nothing. Other texts are hardly ever UTF-8 by
  // chance.
  return distinct[0] === SAID_OF_EVERYTHING ? ['utf-8', ...distinct] : distinct;
}

/** Undefined when the bytes are not in this encoding, or nobody knows it. A cut in mid-character is not held against it. */
function decode(bytes: Uint8Array, encoding: string, fatal: boolean): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal }).decode(bytes, { stream: true });
  } catch {
    return undefined;
  }
}
