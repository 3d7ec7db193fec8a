// The page of settings on which a member sees what became of their flags.
import { ACTIONS } from '../../../domain/actions.ts';
import { flagAccuracy, type FlagRecord, labelOfReason } from '../../../domain/flags.ts';
import { FLAGS } from '../../../domain/moderation-limits.ts';
import { counted, momentView, type MomentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import { FORMER_MEMBER } from '../../log/pages.ts';
import { savedSentence, settingsTabs, type Tab } from '../../members/pages.ts';
import { sourceAnchor } from '../../threads/pages.ts';
import type { OwnFlagRow } from '../queries/own-flags.ts';

interface OwnFlagView {
  readonly id: number;
  readonly subject: string;
  /** '' where there is nothing to be seen. */
  readonly href: string;
  readonly reason: string;
  readonly note: string;
  readonly at: MomentView;
  /** One word, and a sentence on what it means; '' where the word says it all. */
  readonly outcome: string;
  readonly explained: string;
  readonly canTakeBack: boolean;
}

export interface OwnFlagsPage {
  readonly head: Head;
  readonly tabs: readonly Tab[];
  readonly saved: string;
  readonly record: string;
  readonly action: string;
  readonly flags: readonly OwnFlagView[];
  readonly empty: string;
  readonly firstHref: string;
  readonly nextHref: string;
}

declare module '../../../web/views.ts' {
  interface Views {
    'flags/own': OwnFlagsPage;
  }
}

const SAVED = {
  flagged: 'Thank you. Here you see what becomes of it.',
  'taken-back': 'Your flag is taken back.',
  'too-late': 'That flag cannot be taken back: it was decided, or taken back before.',
};

export function ownFlagsPage(facts: {
  readonly rows: readonly OwnFlagRow[];
  /** Cursor of the next page; undefined on the last one. */
  readonly next: string | undefined;
  readonly isFirstPage: boolean;
  readonly record: FlagRecord;
  /** As it stands in the address. */
  readonly saved: unknown;
}): OwnFlagsPage {
  const { rows, next, isFirstPage, record, saved } = facts;
  return {
    head: { title: 'Your flags', noindex: true, section: 'none' },
    tabs: settingsTabs('Flags'),
    saved: savedSentence(SAVED, saved),
    record: recordSentence(record),
    action: paths.ownFlags(),
    flags: rows.map(flagView),
    empty:
      rows.length > 0
        ? ''
        : isFirstPage
          ? 'You have not flagged anything yet.'
          : 'There are no earlier ones.',
    firstHref: isFirstPage ? '' : paths.ownFlags(),
    nextHref: next === undefined ? '' : paths.ownFlags({ after: next }),
  };
}

function recordSentence(record: FlagRecord): string {
  const { flagsDecided, flagsUpheld } = record;
  const accuracy = flagAccuracy(record);
  if (accuracy === null) {
    return `Once moderators have decided about ${FLAGS.decidedBeforeScaling} of your flags, what you flag counts for more or less by how often they agreed.`;
  }
  const agreed = `Moderators agreed with ${flagsUpheld.toLocaleString('en-GB')} of your ${counted(flagsDecided, 'flag', 'flags')} that they decided about`;
  if (accuracy >= 0.9) return `${agreed}: your flags count in full.`;
  return `${agreed}: each of your flags counts for ${Math.round(accuracy * 100)} % of a full one.`;
}

function flagView(row: OwnFlagRow): OwnFlagView {
  return {
    id: row.id,
    ...subjectView(row),
    reason: labelOfReason(row.reason),
    note: row.note,
    at: momentView(row.at),
    ...outcomeView(row),
    canTakeBack: row.takenBackAt === null && row.outcome === null,
  };
}

type Named = Pick<OwnFlagView, 'subject' | 'href'>;

function subjectView({ post, member, source }: OwnFlagRow): Named {
  if (post) return postView(post);
  if (member) return { subject: member.name, href: paths.member(member.name) };
  const topicTitle = source?.topicTitle ?? null;
  if (!source || topicTitle === null) {
    return { subject: 'A source that is not there any more', href: '' };
  }
  const { id, topicId, host } = source;
  return {
    subject: `The source ${host} of “${topicTitle}”`,
    href: `${paths.topicSources(topicId)}#${sourceAnchor(id)}`,
  };
}

function postView({ id, state, isOpening, title, author }: NonNullable<OwnFlagRow['post']>): Named {
  const what = isOpening ? 'topic' : 'reply';
  if (title === null) {
    const why =
      state === 'withdrawn'
        ? 'its author has withdrawn'
        : state === 'hidden'
          ? 'is hidden now'
          : 'is not there for everybody now';
    return { subject: `A ${what} that ${why}`, href: '' };
  }
  const by = author ?? FORMER_MEMBER;
  return {
    subject: isOpening ? `“${title}” by ${by}` : `A reply by ${by} in “${title}”`,
    href: paths.post(id),
  };
}

/** What was done, as the log names it; never by whom, and never more than the log says. */
function outcomeView(row: OwnFlagRow): Pick<OwnFlagView, 'outcome' | 'explained'> {
  const { takenBackAt, outcome, inQueue, decision } = row;
  if (takenBackAt !== null) return { outcome: 'Taken back', explained: '' };
  if (outcome === 'rejected') {
    return { outcome: 'Kept', explained: 'A moderator looked at it and left it as it is.' };
  }
  if (outcome === 'upheld') {
    const done = decision !== null && ACTIONS[decision].inLog ? `: ${lower(ACTIONS[decision].label)}` : '';
    return { outcome: 'Agreed', explained: `A moderator agreed${done}.` };
  }
  return inQueue
    ? { outcome: 'Before the moderators', explained: '' }
    : { outcome: 'Waiting', explained: 'It comes before the moderators within a day.' };
}

function lower(label: string): string {
  return label.charAt(0).toLowerCase() + label.slice(1);
}
