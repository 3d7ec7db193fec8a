// Members, for other features: adding them, signing them in, their role, and the counters of their trust.
export {
  addMember,
  countFlagDecided,
  countRepliesKept,
  countTopicRead,
  setRole,
  type Joining,
} from './commands.ts';
export { addRepliesKept, importMembers } from './import.ts';
export { startSession } from './session.ts';
