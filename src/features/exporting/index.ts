// The door to exporting, for the command that does it.
export { type ExportCounts, exportForum } from './export.ts';
export { writeFile } from './file.ts';
