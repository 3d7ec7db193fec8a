// The door to exporting, for the command that does it.
export { type ExportCounts, exportForum } from './export.ts';
export { checkPlace, FolderFault, writeFile } from './file.ts';
