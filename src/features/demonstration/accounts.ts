// Who can be logged in as on a demonstration forum: one member of each kind. The passwords are random and kept nowhere.
import { randomInt } from 'node:crypto';

export interface Account {
  readonly name: string;
  /** What somebody who logs in as this member can try, in a word: "admin", "trusted", "new" … */
  readonly role: string;
  readonly password: string;
}

const KINDS = [
  { name: 'astrid_w', role: 'admin' },
  { name: 'marta_l', role: 'moderator' },
  { name: 'kevin_h', role: 'trusted' },
  { name: 'luisa_p', role: 'member' },
  { name: 'lou_asks', role: 'new' },
] as const;

/** Letters and digits that nobody takes for one another when typing them from a terminal: 5 bits each. */
const CHARACTERS = 'abcdefghijkmnpqrstuvwxyz23456789';
const PASSWORD_LENGTH = 16;

/** The accounts, each with a password of its own that has never been seen before. */
export function makeAccounts(): Account[] {
  return KINDS.map((kind) => ({ ...kind, password: randomPassword() }));
}

function randomPassword(): string {
  const character = () => CHARACTERS.charAt(randomInt(CHARACTERS.length));
  return Array.from({ length: PASSWORD_LENGTH }, character).join('');
}
