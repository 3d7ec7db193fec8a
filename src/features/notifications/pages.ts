// What notifications show, for other features.
export { noteText, type NoteText } from './pages/notes.ts';
