// DATA_DIR/postgres.log, kept bounded: at 1 MB it becomes postgres.log.1, the one before is dropped.
import fs from 'node:fs';

const LARGEST = 1024 * 1024;

export type Log = (text: string) => void;

/** A function that appends to the file. It never throws: on a full disk the database matters, its log does not. */
export function openLog(file: string): Log {
  let size = fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  return (text) => {
    try {
      if (size > LARGEST) {
        fs.renameSync(file, `${file}.1`);
        size = 0;
      }
      fs.appendFileSync(file, text, { mode: 0o600 });
      size += Buffer.byteLength(text);
    } catch {
      // Nowhere left to say so.
    }
  };
}
