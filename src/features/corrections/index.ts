// Correcting topics as moderators decide, for the queue.
export { correctTopic, suggestedCorrection } from './commands/suggest-correction.ts';
