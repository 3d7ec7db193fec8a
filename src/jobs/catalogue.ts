// Every background job by name, with its payload. A handler for each is registered in src/worker.ts; a job without one
// does not compile.
import type { Database } from '../db/connection.ts';
import type {
  ActionId,
  DataExportId,
  FlagId,
  MemberId,
  NewsFeedId,
  NotificationId,
  PostId,
  QueueMessageId,
  SectionId,
  TagId,
  WeekId,
} from '../domain/ids.ts';

/** A mail to a member: which, and what it says that cannot be looked up when it is sent. Moments are ISO 8601. */
export type MailOrder = {
  readonly to: MemberId;
  /** Where it goes, if that is not the address the member has when it is sent. */
  readonly address?: string;
} &
  /** `next`: where they came from when they signed up. */
  (
    | { readonly mail: 'confirm-email'; readonly linkId: string; readonly next?: string }
    | {
        readonly mail: 'address-in-use';
        /** The other who wants it, by signing up or for the account they have. */
        readonly newcomer: string;
        readonly wantedBy?: 'sign-up' | 'change';
      }
    | { readonly mail: 'address-barred'; readonly until: string }
    | { readonly mail: 'reset-password'; readonly linkId: string }
    | { readonly mail: 'password-changed'; readonly changedAt: string }
    | { readonly mail: 'confirm-new-email'; readonly linkId: string }
    | { readonly mail: 'agree-to-new-email'; readonly linkId: string; readonly newEmail: string }
    | { readonly mail: 'email-changed'; readonly changedAt: string }
    | { readonly mail: 'new-login'; readonly device: string; readonly place: string; readonly at: string }
    | {
        readonly mail: 'passkey-added' | 'passkey-removed';
        readonly label: string;
        readonly changedAt: string;
      }
    | { readonly mail: 'decision'; readonly actionId: ActionId }
    | { readonly mail: 'message'; readonly messageId: QueueMessageId }
    | { readonly mail: 'notice'; readonly notificationId: NotificationId }
    | {
        readonly mail: 'gathered';
        readonly which: 'daily' | 'weekly';
        readonly notificationIds: readonly NotificationId[];
      }
    | { readonly mail: 'week'; readonly weekId: WeekId }
    | { readonly mail: 'export-ready'; readonly expiresAt: string }
    | { readonly mail: 'export-failed' }
    | { readonly mail: 'deletion-asked'; readonly dueAt: string }
    | {
        readonly mail: 'account-deleted';
        /** The member's, who is not there any more when it is sent. */
        readonly name: string;
        readonly address: string;
      }
    | {
        readonly mail: 'two-step-on' | 'two-step-off' | 'recovery-code-used' | 'recovery-codes-made';
        readonly changedAt: string;
      }
    | {
        readonly mail: 'identity-connected' | 'identity-disconnected';
        /** "GitHub" */
        readonly provider: string;
        readonly label: string;
        readonly changedAt: string;
      }
  );

export interface Jobs {
  /** Tells the authors answered, the members mentioned by a post and those who follow what it belongs to; after an edit, the mentioned alone. */
  'notify-of-post': { readonly postId: PostId; readonly edited?: boolean };
  /** Tells those whom it concerns what a moderator did. */
  'notify-of-action': { readonly actionId: ActionId };
  /** Tells a member what a moderator has written to them. */
  'notify-of-message': { readonly messageId: QueueMessageId };
  /** Ends the appeal against an action that was undone otherwise. */
  'settle-appeal': { readonly actionId: ActionId };
  /** Makes the pages of weeks that are over and have none. */
  'close-week': Record<string, never>;
  /** Orders the mail of the week for members whose hour has come. */
  'mail-weeks': Record<string, never>;
  /** Orders one mail of all that a member is to be told once a day or a week, for those whose hour has come. */
  'mail-notices': Record<string, never>;
  /** Forgets which mails of days and weeks were ordered when that is long over. */
  'sweep-mailings': Record<string, never>;
  /** Sends one mail to one member. */
  'send-mail': MailOrder;
  /** Sends a link for a new password, if there is such an account. */
  'send-reset-link': { readonly nameOrEmail: string };
  /** Rewrites the hot ranks of a section's topics after its modifier changed. */
  'rerank-section': { readonly sectionId: SectionId };
  /** The same for a tag's topics, after its modifier changed or it was merged. */
  'rerank-tag': { readonly tagId: TagId };
  /** Opens queue items for flags nobody has looked at for a day. */
  'open-overdue-flags': Record<string, never>;
  /** Writes to somebody without an account who reported illegal content: that it has come, or what was decided. */
  'answer-report': { readonly flagId: FlagId; readonly what: 'received' | 'decided' };
  /** Erases the names and addresses of reporters when there is nothing more to answer. */
  'forget-reporters': Record<string, never>;
  /** Puts suggestions before moderators on which members have not agreed for a day. */
  'open-overdue-suggestions': Record<string, never>;
  /** Puts links before moderators whose publisher nobody has found for a day. */
  'open-unresolved-links': Record<string, never>;
  /** Erases withdrawn texts when their time for disputes is over. */
  'erase-withdrawn': Record<string, never>;
  /** Makes the stored keys of addresses again after the rules for them have changed. */
  rekey: Record<string, never>;
  /** Reads the page behind an address; `again`: so many hours after it became a source. */
  'read-page': { readonly url: string; readonly again?: number };
  /** Asks whether the address is there that a page says is its own. */
  'check-canonical': { readonly url: string; readonly canonicalUrl: string };
  /** Fetches the picture of the page behind an address. */
  'read-picture': { readonly url: string; readonly imageUrl: string };
  /** Deletes what was read of pages when its time is over, and pictures that nothing shows. */
  'sweep-readings': Record<string, never>;
  /** Deletes drafts that nobody has come back to. */
  'sweep-drafts': Record<string, never>;
  /** Makes the copy of a member's data that was ordered. */
  'export-data': { readonly exportId: DataExportId };
  /** Deletes copies whose time is over. */
  'sweep-exports': Record<string, never>;
  /** Deletes the accounts whose days of grace are over. */
  'delete-accounts': Record<string, never>;
  /** Deletes sessions, what is known of earlier ones, mailed links, jobs that were given up, unfinished set-ups and what was told of changed pages when their time is over. */
  'sweep-sessions': Record<string, never>;
  /** Looks whether a new member signed up where a suspended one was. */
  'trace-newcomer': { readonly memberId: MemberId };
  /** Deletes what was found of that when its time is over. */
  'sweep-traces': Record<string, never>;
  /** Asks for a reading of every feed that is due. */
  'read-feeds': Record<string, never>;
  /** Reads one feed of incoming news, if it is due. */
  'read-feed': { readonly feedId: NewsFeedId };
  /** Makes the list of words anew by which searches are corrected. */
  'rebuild-search-words': Record<string, never>;
  /** Deletes incoming news whose time is over. */
  'sweep-news': Record<string, never>;
}

export type JobName = keyof Jobs;
/** Runs outside any request, possibly more than once for one job: it must be harmless to repeat. */
export type JobHandler<Name extends JobName> = (
  db: Database,
  payload: Jobs[Name],
  now: Date,
) => Promise<void>;
export type JobHandlers = { readonly [Name in JobName]: JobHandler<Name> };
