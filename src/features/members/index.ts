// Members, for other features: adding them, signing them in, their role, and the counters of their trust.
export {
  addMember,
  countFlagDecided,
  countRepliesKept,
  countTopicRead,
  setRole,
  type Joining,
  type NewMember,
} from './commands.ts';
export { startSession } from './session.ts';
