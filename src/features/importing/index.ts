// The door to importing, for the command that does it.
export { HEADER, type WrittenRecord } from './format.ts';
export { FileFault, type ImportFile, openFiles } from './files.ts';
export { importFiles, type ImportOptions, ImportRefused, type ImportServices } from './import.ts';
export type { ImportCounts, ImportListener } from './listener.ts';
export { type ImportReport, reportTo } from './report.ts';
