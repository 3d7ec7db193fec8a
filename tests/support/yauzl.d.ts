// As much of yauzl as tests use: it brings no types.
declare module 'yauzl' {
  import type { Readable } from 'node:stream';
  interface Entry {
    readonly fileName: string;
  }
  interface ZipFile {
    eachEntry(): AsyncIterable<Entry>;
    openReadStreamPromise(entry: Entry): Promise<Readable>;
  }
  export function fromBufferPromise(
    buffer: Buffer,
    options: { readonly lazyEntries: true; readonly strictFileNames: boolean },
  ): Promise<ZipFile>;
}
