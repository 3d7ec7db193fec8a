// What notifications show, for other features.
export { beginningOf, noteText, type NoteText } from './pages/notes.ts';
