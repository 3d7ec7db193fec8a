// Members, for other features: adding them, signing them in, their role, and the counters of their trust.
export { addMember, type Joining } from './commands/sign-up.ts';
export { addRepliesKept, countFlagDecided, countTopicRead, setRole } from './commands/standing.ts';
export { advanceJoining, importBesideOthers, type ImportedMember, importMembers } from './import.ts';
export { checkNewEmail, checkNewPassword } from './credentials.ts';
export { startSession } from './session.ts';
