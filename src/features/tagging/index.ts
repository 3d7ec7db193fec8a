// What moderators did to tags, undone: for the page that undoes decisions.
export { undoTagEdit } from './commands/edit-tag.ts';
export { undoTagMerge, undoTagUnmerge } from './commands/merge-tags.ts';
