// Undoing decisions, for other features.
export { undoAction, type Undoing } from './commands/undo.ts';
