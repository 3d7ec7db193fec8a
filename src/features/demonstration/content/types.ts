// The shape of the demonstration forum: what the content modules write down and the loader turns into rows.
// Every time is relative: hours or days before the first start, minutes after the post that is answered.

/** Flag reasons, by the words of DESIGN section 8. */
export type DemoFlagReason =
  'spam' | 'off-topic' | 'unkind' | 'misleading' | 'generated' | 'undisclosed-interest' | 'illegal' | 'other';

export interface DemoMember {
  readonly name: string;
  readonly role: 'member' | 'moderator' | 'admin';
  readonly joinedDaysAgo: number;
  /** One or two sentences for the member's page. */
  readonly about?: string;
  /** A declared interest, shown beside what the member writes. */
  readonly affiliation?: string;
  /** In force at the first start: `days` is longer than `daysAgo`. */
  readonly sanction?: {
    readonly kind: 'silence' | 'suspension';
    readonly by: string;
    readonly rule: number;
    readonly reason: string;
    readonly daysAgo: number;
    readonly days: number;
  };
}

export interface DemoSource {
  readonly url: string;
  readonly role?: 'primary' | 'first_report' | 'report' | 'syndicated' | 'analysis' | 'free_copy';
  readonly title?: string;
  readonly publisher?: string;
  readonly publishedHoursAgo?: number;
  readonly description?: string;
  readonly paywall?: true;
  /** BCP 47, where it is not English. */
  readonly language?: string;
  /** An aggregator's address that hides the publisher. */
  readonly wrapper?: true;
}

/** An edit after the silent five minutes: `before` is the text that stood there first. */
export interface DemoEdit {
  /** Minutes after the post itself was written. */
  readonly minutesAfter: number;
  readonly before: string;
}

export interface DemoHide {
  readonly by: string;
  readonly reason: string;
  readonly rule: number;
}

export interface DemoFlag {
  readonly by: string;
  readonly reason: DemoFlagReason;
  readonly note?: string;
}

export interface DemoReply {
  readonly author: string;
  /** Minutes after the parent reply, or after the topic when the reply is top-level. */
  readonly minutesAfter: number;
  /** Markdown. */
  readonly body: string;
  /** How many demonstration members upvote it; none when absent. */
  readonly upvotes?: number;
  readonly edited?: DemoEdit;
  /** Hidden by a moderator; `withReplies` hides everything below it in the same action. */
  readonly hidden?: DemoHide & { readonly withReplies?: boolean };
  readonly withdrawn?: true;
  readonly held?: true;
  readonly flagged?: readonly DemoFlag[];
  readonly purpose?: 'source' | 'correction' | 'question' | 'analysis';
  readonly replies?: readonly DemoReply[];
}

export type DemoSection =
  | 'funding'
  | 'infrastructure'
  | 'models-research'
  | 'tooling-enterprise'
  | 'policy-security'
  | 'regions'
  | 'work-skills';

export interface DemoTopic {
  /** Unique, kebab-case: the loader makes the origin key of it. */
  readonly key: string;
  readonly kind: 'link' | 'text' | 'digest';
  readonly title: string;
  readonly section: DemoSection;
  readonly author: string;
  readonly hoursAgo: number;
  /** Markdown; empty for a link topic that says nothing of its own. */
  readonly body: string;
  readonly sources?: readonly DemoSource[];
  readonly tags?: readonly string[];
  /** Given by demonstration members other than the author. */
  readonly upvotes: number;
  /** `days` from the first start. */
  readonly pinned?: { readonly by: string; readonly reason: string; readonly days: number };
  readonly locked?: { readonly by: string; readonly reason: string; readonly rule?: number };
  readonly hidden?: DemoHide;
  readonly heldForApproval?: true;
  readonly editedBody?: DemoEdit;
  /** The headline before the author corrected it within the first half hour. */
  readonly titleEditedFrom?: string;
  readonly replies: readonly DemoReply[];
}

export interface DemoTag {
  /** Kebab-case, as it stands in addresses. */
  readonly slug: string;
  readonly kind: 'company' | 'model' | 'person' | 'subject';
  readonly name: string;
  readonly description: string;
}
