import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { readPdfMetadata } from '../../src/lib/page-metadata/index.ts';

const TRAILER = 'trailer\n<< /Size 9 /Root 1 0 R /Info 7 0 R >>\nstartxref\n0\n%%EOF';

/** A PDF with this written as the value of its title. */
function pdf(title: string | Buffer, rest = TRAILER): Buffer {
  const value = typeof title === 'string' ? Buffer.from(title, 'latin1') : title;
  const opening = '%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\n17 0 obj << /Title (Chapter 1) >> endobj\n';
  return Buffer.concat([
    Buffer.from(
      `${opening}7 0 obj\n<< /Producer (A \\(program\\) /Title) /Kids [1 0 R (x) << /Title (y) >>] /Parent 1 0 R /Title `,
    ),
    value,
    Buffer.from(` /Author (Ada) >>\nendobj\n${rest}`, 'latin1'),
  ]);
}

async function titleOf(body: Buffer): Promise<string | null> {
  return (await readPdfMetadata(body)).title;
}

test.each([
  ['a text', '(A Model Reads)', 'A Model Reads'],
  [
    'a text without a space before it',
    '(A\\040Model \\(again\\)\\\n it\\\\s (balanced))',
    'A Model (again) it\\s (balanced)',
  ],
  ['hexadecimal digits', '<41 20 4D6f64656C>', 'A Model'],
  [
    'UTF-16',
    Buffer.concat([Buffer.from('('), Buffer.from('\ufeff模型 A', 'utf16le').swap16(), Buffer.from(')')]),
    '模型 A',
  ],
  ['UTF-8 without a mark', Buffer.from('(Zürich – 模型)'), 'Zürich – 模型'],
  ['the encoding of PDF', '(Z\\374rich \\205 \\223ne\\216)', 'Zürich – ﬁne”'],
])('the title as %s', async (_way, written, title) => {
  expect(await titleOf(pdf(written))).toBe(title);
});

test.each([
  '()',
  '(untitled)',
  '(Untitled-1)',
  '(Microsoft Word - report_final.docx)',
  '(report_final.docx)',
  '(arxiv/main.tex)',
  '(PowerPoint Presentation)',
  '(Document1)',
  '(1234)',
])('%s is no title', async (written) => {
  expect(await titleOf(pdf(written))).toBeNull();
});

const xmp = (title: string): string =>
  `<x:xmpmeta><rdf:RDF><dc:title><rdf:Alt><rdf:li xml:lang="x-default">${title}</rdf:li></rdf:Alt></dc:title></rdf:RDF></x:xmpmeta>`;

describe('the XMP packet', () => {
  it('speaks where the dictionary does not', async () => {
    expect(
      await titleOf(pdf('(untitled)', Buffer.from(xmp('R&amp;D in Zürich') + TRAILER).toString('latin1'))),
    ).toBe('R&D in Zürich');
  });

  it('is all that can be read of an encrypted file', async () => {
    expect(await titleOf(pdf('(\\001\\002abc)', `${xmp('In plain')}<< /Encrypt 8 0 R >>${TRAILER}`))).toBe(
      'In plain',
    );
  });
});

describe('a dictionary packed with others in a stream', () => {
  const packed = (content: string, type = 'ObjStm'): Buffer => {
    const objects = '<< /Type /Catalog >> << /Title (Packed away) >>';
    const pairs = '1 0 7 21 ';
    const stream = deflateSync(Buffer.from(pairs + objects));
    const opening = `%PDF-1.5\n5 0 obj\n<< /Type /${type} /N 2 /First ${pairs.length} /Filter /FlateDecode /Length ${stream.length} >>\nstream\r\n`;
    return Buffer.concat([Buffer.from(opening), stream, Buffer.from(`\nendstream endobj\n${content}`)]);
  };

  it('is found', async () => {
    expect(await titleOf(packed('<< /Type /XRef /Info 7 0 R /Root 1 0 R >>'))).toBe('Packed away');
  });

  it('is not looked for where another number is named', async () => {
    expect(await titleOf(packed('<< /Type /XRef /Info 8 0 R /Root 1 0 R >>'))).toBeNull();
  });

  it('is not unpacked without end', async () => {
    const object = '7 0 << /Title (At the beginning of a bomb) >>';
    const bomb = deflateSync(Buffer.concat([Buffer.from(object), Buffer.alloc(5_000_000)]));
    const opening = '%PDF-1.5\n5 0 obj\n<< /Type /ObjStm /N 1 /First 4 >>\nstream\n';
    const body = Buffer.concat([Buffer.from(opening), bomb, Buffer.from('\nendstream\n<< /Info 7 0 R >>')]);
    expect(await titleOf(body)).toBeNull();
  });
});

describe('hostile files', () => {
  it.each([
    ['no PDF', 'GIF89a /Info 7 0 R 7 0 obj << /Title (No) >>'],
    ['trailers without end', `%PDF-1.4 ${'/Info 7 0 R '.repeat(100_000)}`],
    [
      'streams without end',
      `%PDF-1.4 ${'1 0 obj << /Type /ObjStm >> stream endstream '.repeat(20_000)} /Info 7 0 R`,
    ],
    ['brackets without end', `%PDF-1.4 7 0 obj << /A ${'['.repeat(500_000)} /Info 7 0 R`],
    ['a text without end', `%PDF-1.4 7 0 obj << /Title (${'('.repeat(500_000)} /Info 7 0 R`],
    ['a dictionary that is none', '%PDF-1.4 7 0 obj (x) endobj /Info 7 0 R'],
    ['a reference to nothing', '%PDF-1.4 /Info 7 0 R'],
  ])('are read to an end: %s', async (_what, text) => {
    expect(await titleOf(Buffer.from(text, 'latin1'))).toBeNull();
  });

  it('have only so much of them unpacked', async () => {
    const stream = (first: number, content: string) =>
      Buffer.concat([
        Buffer.from(`\n9 0 obj\n<< /Type /ObjStm /First ${first} >>\nstream\n`),
        deflateSync(Buffer.from(content)),
        Buffer.from('\nendstream\nendobj\n'),
      ]);
    const numbers = stream(1_048_576, '1 '.repeat(524_288));
    const info = stream(4, '7 0 << /Title (A Model Reads) >>');
    const title = (streams: number) =>
      titleOf(
        Buffer.concat([
          Buffer.from('%PDF-1.5\n'),
          ...Array.from({ length: streams }, () => numbers),
          info,
          Buffer.from('<< /Info 7 0 R >>'),
        ]),
      );
    expect(await title(3)).toBe('A Model Reads');
    expect(await title(9)).toBeNull();
  });

  it('never throws, wherever the file ends or breaks', async () => {
    const whole = pdf('(A title) /X <</Y [(z) /W 1 0 R]>>');
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length), fc.nat(whole.length), fc.nat(255), async (end, at, byte) => {
        const body = Buffer.from(whole.subarray(0, end));
        if (at < body.length) body[at] = byte;
        const { paywall } = await readPdfMetadata(body);
        expect(paywall).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});
