// What a rule finds among what is there already, and what can be done about it: on the page of a trial and on a rule's own.
import { WATCH } from '../../../domain/moderation-limits.ts';
import { DAY, spellDuration } from '../../../domain/times.ts';
import type { WatchEffect } from '../../../domain/watch.ts';
import { excerptOf } from '../../../lib/html.ts';
import { counted, momentView, type MomentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import { type ClearInput, SUSPENSION_DAYS } from '../forms.ts';
import { newMembersOf } from '../new-members.ts';
import type { Written, WrittenPost } from '../queries/written.ts';

export interface FoundView {
  /** "Would have held 12 posts of the last 30 days." */
  readonly summary: string;
  /** Why not all of them were looked at; '' when they were. */
  readonly cut: string;
  readonly posts: readonly FoundPostView[];
  /** "2 older ones"; '' when all are listed. */
  readonly more: string;
  /** Null when the rule leaves alone what it finds, or finds nothing. */
  readonly clear: ClearView | null;
}

interface FoundPostView {
  readonly href: string;
  readonly what: string;
  readonly title: string;
  readonly author: string;
  readonly authorHref: string;
  readonly isNew: boolean;
  readonly held: boolean;
  readonly posted: MomentView;
  readonly excerpt: string;
}

export interface ClearView {
  readonly hide: { readonly label: string; readonly checked: boolean };
  /** Null when no new member is among them. */
  readonly suspend: {
    readonly label: string;
    readonly checked: boolean;
    readonly lengths: readonly {
      readonly value: string;
      readonly label: string;
      readonly selected: boolean;
    }[];
  } | null;
}

/** @param already whether the rule is in force: then these are what came before it */
export function foundView(
  { posts, tried, cut }: Written,
  {
    effect,
    already,
    clear,
  }: { readonly effect: WatchEffect; readonly already: boolean; readonly clear: ClearInput },
): FoundView {
  const days = WATCH.triedAgainst / DAY;
  const number = counted(posts.length, 'post', 'posts');
  const verb = { refuse: 'refused', hold: 'held', flag: 'put before moderators', mark: 'noted' }[effect];
  const among = `of the last ${days} days`;
  const takes = effect === 'refuse' || effect === 'hold';
  return {
    summary: already
      ? `There ${posts.length === 1 ? 'is' : 'are'} ${number} ${among} with it.`
      : `Would have ${verb} ${number} ${among}.`,
    cut: cut ? `Only the newest ${tried.toLocaleString('en-GB')} posts were looked at.` : '',
    posts: posts.slice(0, WATCH.listed).map(postView),
    more: posts.length > WATCH.listed ? counted(posts.length - WATCH.listed, 'other', 'others') : '',
    clear: takes && posts.length > 0 ? clearView(posts, clear) : null,
  };
}

function postView({ id, isOpening, title, bodyHtml, state, author, postedAt }: WrittenPost): FoundPostView {
  return {
    href: paths.post(id),
    what: isOpening ? 'Topic' : 'Reply',
    title,
    author: author.name,
    authorHref: paths.moderationMember(author.name),
    isNew: author.isNew,
    held: state === 'held',
    posted: momentView(postedAt),
    excerpt: excerptOf(bodyHtml, 200),
  };
}

function clearView(posts: readonly WrittenPost[], { hides, suspends, days }: ClearInput): ClearView {
  const held = posts.filter(({ state }) => state === 'held').length;
  const seen = posts.length - held;
  const authors = new Set(posts.map(({ author }) => author.id)).size;
  const fresh = newMembersOf(posts).length;
  const what = [
    ...(seen > 0 ? [`hide ${counted(seen, 'post', 'posts')}`] : []),
    ...(held > 0 ? [`refuse ${held.toLocaleString('en-GB')} awaiting approval`] : []),
  ].join(' and ');
  return {
    hide: { label: `${what.charAt(0).toUpperCase()}${what.slice(1)}`, checked: hides },
    suspend:
      fresh === 0
        ? null
        : {
            label: `Suspend ${counted(fresh, 'new member', 'new members')} of the ${counted(authors, 'member', 'members')} who posted them, and hide all that those wrote`,
            checked: suspends,
            lengths: SUSPENSION_DAYS.map((length) => ({
              value: String(length),
              label: spellDuration(length * DAY),
              selected: length === days,
            })),
          },
  };
}
