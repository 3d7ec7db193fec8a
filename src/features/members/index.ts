// Members, for other features: adding them, signing them in, their role, and the counters of their trust.
export { lockMember } from './lock-member.ts';
export { addMember, type Joining } from './commands/sign-up.ts';
export { clearProfile, takeNameAway } from './commands/moderated.ts';
export { eraseMember, type Erased } from './commands/erase-member.ts';
export { markAllRead } from './commands/mark-all-read.ts';
export { endAllSessions, endOtherSessions } from './commands/sessions.ts';
export {
  askForWeek,
  changeMailTimes,
  changePrivacy,
  type PrivacyChoices,
  renewFeedKey,
} from './commands/settings.ts';
export {
  addRepliesKept,
  countFlagDecided,
  countTopicRead,
  countTopicsForgotten,
  setRole,
} from './commands/standing.ts';
export { advanceJoining, importBesideOthers, type ImportedMember, importMembers } from './import.ts';
export { checkNewEmail, checkNewPassword } from './credentials.ts';
export { requireProof } from './proof.ts';
export { startSession } from './session.ts';
