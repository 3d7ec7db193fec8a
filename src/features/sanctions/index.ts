// Sanctions and what moderators know of members, for other features.
export { decideAboutMember } from './commands/decide-about-member.ts';
export { decideProposedBan } from './commands/decide-ban.ts';
export { liftSanction } from './commands/lift.ts';
export { sanctionMember, type SanctionOrder } from './commands/sanction.ts';
export { countOthersInOffice } from './queries/office.ts';
export { type Ladder, loadLadder } from './queries/ladder.ts';
export { listNotes, type NoteRow } from './queries/notes.ts';
