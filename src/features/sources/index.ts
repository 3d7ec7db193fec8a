// What moderators decide about sources, for the queue.
export { lockSourceInPlace } from './at-hand.ts';
export { suggestedChange } from './commands/apply-change.ts';
export { changeSource, removeSourceAsDecided } from './commands/decide-source.ts';
