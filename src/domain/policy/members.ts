// Rules about accounts.
import { WINDOWS } from '../limits.ts';
import type { SignUpMode } from '../settings.ts';
import { isWithin, SECOND, spellDuration, spellUntil } from '../times.ts';
import type { Verdict } from '../verdict.ts';
import { allow, deny, denyForPace, denyForState } from '../verdict.ts';
import type { Viewer } from '../viewer.ts';
import { mayWrite } from './writing.ts';

/**
 * Whether the viewer may open an account.
 * @param invited whether they bring an invitation that stands
 */
export function maySignUp(viewer: Viewer, mode: SignUpMode, invited: boolean): Verdict {
  if (viewer.kind === 'member') return denyForState('You have an account and are logged in.');
  if (mode === 'closed') return deny('This forum takes no new members at present.');
  if (mode === 'open' || invited) return allow;
  return deny('New members come here by invitation. Ask somebody who is a member for one.');
}

/**
 * Whether somebody may sign up with an address.
 * @param barredUntil when the sanction ends under which an account with it was deleted; null: there is none
 */
export function mayUseAddress(barredUntil: Date | null): Verdict {
  if (barredUntil === null) return allow;
  return deny(
    `An account with this address was deleted while a moderator's decision was in force. The address cannot be used ${spellUntil(barredUntil)}.`,
  );
}

/**
 * Whether the viewer may log in. It asks nothing of the account: silenced, suspended and unconfirmed members log in
 * too, to read, to withdraw what is theirs, and to appeal. What they may write, mayWrite says.
 */
export function maySignIn(viewer: Viewer): Verdict {
  return viewer.kind === 'visitor' ? allow : denyForState('You are logged in already.');
}

export interface ConfirmationFacts {
  /** Null: the address is not confirmed yet. */
  readonly confirmedAt: Date | null;
  /** When the last mail with a link was ordered; null: none is under way. */
  readonly lastSentAt: Date | null;
}

/** Whether the mail that asks for confirmation may be sent once more. */
export function mayAskForConfirmation({ confirmedAt, lastSentAt }: ConfirmationFacts, now: Date): Verdict {
  if (confirmedAt !== null) return denyForState('Your e-mail address is confirmed already.');
  return spacedMails(lastSentAt, now);
}

/** Whether a member may take another name: whoever may write, once a year. The first one may be changed at once. */
export function mayRename(
  viewer: Viewer,
  { renamedAt }: { readonly renamedAt: Date | null },
  now: Date,
): Verdict {
  const verdict = mayWrite(viewer, now);
  if (!verdict.allowed || renamedAt === null) return verdict;
  const wait = renamedAt.getTime() + WINDOWS.rename - now.getTime();
  if (wait <= 0) return allow;
  return denyForPace(
    `A name can be changed once a year. You can change yours again in ${spellDuration(wait)}.`,
    wait / SECOND,
  );
}

export interface EmailChangeFacts {
  /** Whether the member has an address; without one there is nobody at the old end to agree. */
  readonly hasEmail: boolean;
  readonly confirmedAt: Date | null;
  /** When the last mails about a change were ordered, whatever has become of it. */
  readonly lastSentAt: Date | null;
  readonly mailsAreSent: boolean;
}

/** Whether a member may ask for another address, or once more for the mails. It takes no right to write. */
export function mayChangeEmail(facts: EmailChangeFacts, now: Date): Verdict {
  const { hasEmail, confirmedAt, lastSentAt, mailsAreSent } = facts;
  if (!mailsAreSent) return denyForState('This forum sends no mails, so that no address could be confirmed.');
  if (hasEmail && confirmedAt === null)
    return denyForState('Your address is not confirmed yet: on the page for that you can give another.');
  return spacedMails(lastSentAt, now);
}

function spacedMails(lastSentAt: Date | null, now: Date): Verdict {
  if (lastSentAt === null || !isWithin(WINDOWS.betweenMails, lastSentAt, now)) return allow;
  const wait = lastSentAt.getTime() + WINDOWS.betweenMails - now.getTime();
  return denyForPace(
    `A mail is on its way. If it has not come in ${spellDuration(wait)}, ask for another.`,
    wait / SECOND,
  );
}
