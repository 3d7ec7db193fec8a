// The append-only record of what happened: its closed list of kinds, what each carries, and what of that is public.
// No event carries what somebody wrote: texts can be withdrawn, blanked and erased, events cannot.
import type {
  ActionId,
  HeadlineId,
  MemberId,
  PostId,
  RevisionId,
  SectionId,
  SourceId,
  SuggestionId,
  TagId,
  TopicId,
} from './ids.ts';
import type { PostPurpose, TopicKind } from './post-text.ts';
import type { HoldCause } from './policy/trust.ts';
import type { Settings } from './settings.ts';
import type { Role } from './viewer.ts';

/** What a moderator's or admin's decision left in the record: its action tells rule and reason. */
interface ByAction {
  readonly actionId: ActionId;
}
type Nothing = Readonly<Record<never, never>>;

/**
 * Data by kind. A post that is held writes post-held; topic-posted or reply-posted follows when it is approved, so
 * that both always mean "others can read this from now on".
 */
export interface EventData {
  'topic-posted': { readonly topicKind: TopicKind };
  'reply-posted': {
    readonly parentId: PostId | null;
    readonly branchId: PostId;
    readonly purpose: PostPurpose | null;
  };
  /** The revision keeps the text as it was before. */
  'post-edited': { readonly revisionId: RevisionId; readonly silent: boolean };
  'title-edited': { readonly revisionId: RevisionId };
  'tags-edited': { readonly added: readonly TagId[]; readonly removed: readonly TagId[] };
  'section-set': { readonly from: SectionId; readonly to: SectionId };
  'source-added': { readonly sourceId: SourceId };
  'source-edited': { readonly sourceId: SourceId };
  'source-removed': { readonly sourceId: SourceId };
  /** The publisher's doing, found by reading the page again. */
  'headline-changed': { readonly sourceId: SourceId; readonly headlineId: HeadlineId };
  'source-died': { readonly sourceId: SourceId };
  'source-revived': { readonly sourceId: SourceId };
  /** Enough members suggested the same; the event of the change itself has no actor. */
  'suggestion-applied': { readonly suggestionIds: readonly SuggestionId[] };
  'post-withdrawn': Nothing;
  'post-unwithdrawn': Nothing;

  'post-held': { readonly cause: HoldCause };
  'post-approved': ByAction;
  'post-refused': ByAction;
  'post-hidden': ByAction;
  'post-restored': ByAction;
  'topic-hidden': ByAction;
  'topic-restored': ByAction;
  'topic-locked': ByAction;
  'topic-unlocked': ByAction;
  'topic-pinned': ByAction & { readonly until: string };
  'topic-unpinned': ByAction;
  'reply-moved': ByAction & { readonly from: TopicId };
  'topic-merged': ByAction & { readonly into: TopicId };
  'topic-unmerged': ByAction & { readonly from: TopicId };
  'revision-blanked': ByAction & { readonly revisionId: RevisionId };

  'member-joined': Nothing;
  'member-warned': ByAction & { readonly memberId: MemberId };
  'member-silenced': ByAction & { readonly memberId: MemberId };
  'member-suspended': ByAction & { readonly memberId: MemberId };
  'sanction-lifted': ByAction & { readonly memberId: MemberId };
  'profile-cleared': ByAction & { readonly memberId: MemberId };
  'member-renamed': ByAction & { readonly memberId: MemberId };
  'role-changed': ByAction & { readonly memberId: MemberId; readonly from: Role; readonly to: Role };
  'settings-changed': ByAction & { readonly names: readonly (keyof Settings)[] };
  'section-added': ByAction & { readonly sectionId: SectionId };
  'section-changed': ByAction & { readonly sectionId: SectionId };
  'section-removed': ByAction & { readonly sectionId: SectionId };
}

export type EventKind = keyof EventData;

export type PublicData = Readonly<Record<string, unknown>>;
type Projection<Data> = (data: Data) => PublicData | null;

const all: Projection<object> = (data) => ({ ...data });
const nothing: Projection<unknown> = () => null;

const PROJECTIONS: { readonly [K in EventKind]: Projection<EventData[K]> } = {
  'topic-posted': all,
  'reply-posted': all,
  // A silent edit has no mark on the page and has none here.
  'post-edited': ({ revisionId, silent }) => (silent ? null : { revisionId }),
  // That it changed; which text it came with may be one that was silently replaced.
  'title-edited': () => ({}),
  'tags-edited': all,
  'section-set': all,
  'source-added': all,
  'source-edited': all,
  'source-removed': all,
  'headline-changed': all,
  'source-died': all,
  'source-revived': all,
  // Who suggested is not shown.
  'suggestion-applied': () => ({}),
  'post-withdrawn': all,
  'post-unwithdrawn': all,

  // A held post is nobody's business until it is decided; after that it is an ordinary one, or the log has it.
  'post-held': nothing,
  'post-approved': nothing,
  'post-refused': all,
  'post-hidden': all,
  'post-restored': all,
  'topic-hidden': all,
  'topic-restored': all,
  'topic-locked': all,
  'topic-unlocked': all,
  'topic-pinned': all,
  'topic-unpinned': all,
  'reply-moved': all,
  'topic-merged': all,
  'topic-unmerged': all,
  // The log says that a revision was blanked; which one would lead to copies of it.
  'revision-blanked': ({ actionId }) => ({ actionId }),

  'member-joined': all,
  'member-warned': all,
  'member-silenced': all,
  'member-suspended': all,
  'sanction-lifted': all,
  'profile-cleared': all,
  'member-renamed': all,
  'role-changed': all,
  'settings-changed': nothing,
  'section-added': all,
  'section-changed': all,
  'section-removed': all,
};

/** What of an event anyone may read; null when even that it happened is nobody's business. */
export function publicDataOf<Kind extends EventKind>(kind: Kind, data: EventData[Kind]): PublicData | null {
  return PROJECTIONS[kind](data);
}
