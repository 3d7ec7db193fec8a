// The package carries no types.
declare module 'html-encoding-sniffer' {
  interface Options {
    readonly xml?: boolean;
    readonly transportLayerEncodingLabel?: string | undefined;
    readonly defaultEncoding?: string;
    readonly maxPrescanBytes?: number;
  }
  /** The name of the encoding by the WHATWG's algorithm. */
  export default function sniff(bytes: Uint8Array, options?: Options): string;
}
