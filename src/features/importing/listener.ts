// What an import tells of itself while it runs.
import type { ImportFile } from './files.ts';

export interface ImportListener {
  /** Bytes of a file, as it lies on disk. */
  read(bytes: number): void;
  /** Rows that were written; `known`: records of what was here before. */
  imported(what: keyof ImportCounts, count: number): void;
  /** A line, counted from 1, that was left out. */
  fault(file: ImportFile, line: number, reason: string): void;
  /** Something about a line that came in. */
  note(file: ImportFile, line: number, text: string): void;
}

export interface ImportCounts {
  members: number;
  sections: number;
  tags: number;
  topics: number;
  replies: number;
  known: number;
}
