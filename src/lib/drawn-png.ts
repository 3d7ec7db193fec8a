// Our own drawings as PNG and ICO, for programs that show no SVG: home screens, previews of links, old browsers.

/** A square drawing as PNG with an edge of so many pixels. */
export async function drawPng(svg: string, edge: number): Promise<Buffer> {
  // Loaded for the first of them: most forums have pictures of their own, and libvips is large.
  const { default: sharp } = await import('sharp');
  // Drawn at its size from the beginning: an enlarged small drawing would be blurred.
  return sharp(Buffer.from(svg), { density: (72 * edge) / VIEW_BOX })
    .resize(edge, edge)
    .png({ compressionLevel: 9, palette: true })
    .toBuffer();
}

/** What our drawings are measured in: at 72 dots an inch one unit is one pixel. */
const VIEW_BOX = 32;

/** The header of an ICO file of one picture, and that picture's entry in it: six and sixteen bytes. */
const HEADER = 6;
const ENTRY = 16;

/** The drawing as an ICO file that holds one PNG, which everything since 2007 reads. */
export async function drawIco(svg: string, edge: number): Promise<Buffer> {
  const png = await drawPng(svg, edge);
  const head = Buffer.alloc(HEADER + ENTRY);
  // Kind 1 (an icon), one picture.
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(1, 4);
  head.writeUInt8(edge, HEADER);
  head.writeUInt8(edge, HEADER + 1);
  // One plane, 32 bits a pixel; then the picture's length and place.
  head.writeUInt16LE(1, HEADER + 4);
  head.writeUInt16LE(32, HEADER + 6);
  head.writeUInt32LE(png.length, HEADER + 8);
  head.writeUInt32LE(HEADER + ENTRY, HEADER + 12);
  return Buffer.concat([head, png]);
}
