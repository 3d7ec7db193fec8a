// Bytes that are kept for long, without what they were cut out of.

/**
 * The same bytes in memory of their own. What a compressor gives is a part of the room that it was lent, and Node cuts small
 * buffers out of 64 KB that many share (`Buffer.poolSize`): all of it would be kept until the last of them goes.
 */
export function alone(bytes: Buffer): Buffer {
  const own = Buffer.allocUnsafeSlow(bytes.length);
  bytes.copy(own);
  return own;
}
