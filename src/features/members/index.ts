// Members, for other features: adding them, signing them in, their role, and the counters of their trust.
export {
  addMember,
  addRepliesKept,
  countFlagDecided,
  countTopicRead,
  setRole,
  type Joining,
} from './commands.ts';
export { advanceJoining, importBesideOthers, type ImportedMember, importMembers } from './import.ts';
export { startSession } from './session.ts';
