// What changed, as pages show it: by days, replies that follow each other in one line.
import { momentView, type MomentView } from '../../web/moments.ts';
import { paths, type TopicAddress } from '../../web/paths.ts';
import type { Head } from '../../web/views.ts';
import type { ChangeList, ChangeRow } from './queries.ts';
import { placeOf, repliesBy, wordingOf } from './wording.ts';

export interface ChangesPage {
  readonly head: Head;
  readonly heading: string;
  readonly intro: string;
  readonly back: { readonly href: string; readonly title: string } | null;
  readonly days: readonly { readonly name: string; readonly changes: readonly ChangeView[] }[];
  readonly empty: string;
  readonly nextHref: string;
}
declare module '../../web/views.ts' {
  interface Views {
    'changes/list': ChangesPage;
  }
}

export interface ChangeView {
  readonly text: string;
  readonly href: string;
  /** '' where the page is about one topic. */
  readonly topic: string;
  readonly topicHref: string;
  readonly moment: MomentView;
  /** Where a moderator's reasons stand; '' for what members did. */
  readonly logHref: string;
  readonly icon: string;
}

/** The page of one topic. */
export function topicChangesPage(
  topic: TopicAddress & { readonly title: string },
  { rows, next }: ChangeList,
  continued: boolean,
): ChangesPage {
  return {
    head: headOf(`What changed: ${topic.title}`, continued),
    heading: 'What changed',
    intro: '',
    back: { href: paths.topic(topic), title: topic.title },
    days: byDays(rows, false),
    empty: 'Nothing has happened here yet.',
    nextHref: next === undefined ? '' : paths.topicChanges(topic.id, { before: next }),
  };
}

/** The page over all topics that a member follows or takes part in. */
export function changesPage({ rows, next }: ChangeList, continued: boolean): ChangesPage {
  return {
    head: headOf('What changed', continued),
    heading: 'What changed',
    intro: 'In topics that you follow, have posted or have replied to: what others did.',
    back: null,
    days: byDays(rows, true),
    empty: 'Nothing has changed in the topics you follow or take part in.',
    nextHref: next === undefined ? '' : paths.changes({ before: next }),
  };
}

function headOf(title: string, continued: boolean): Head {
  return { title: continued ? `${title}, earlier` : title, description: '', noindex: true, section: 'none' };
}

function byDays(rows: readonly ChangeRow[], withTopic: boolean): ChangesPage['days'] {
  const days = Map.groupBy(rows, ({ at }) => momentView(at).day);
  return [...days].map(([name, ofDay]) => ({
    name,
    changes: inLines(ofDay).map((line) => changeView(line, withTopic)),
  }));
}

type Line = readonly [ChangeRow, ...ChangeRow[]];

/** Replies to one topic with nothing between them are one line. */
function inLines(rows: readonly ChangeRow[]): Line[] {
  const lines: [ChangeRow, ...ChangeRow[]][] = [];
  for (const row of rows) {
    const line = lines.at(-1);
    const joins = line && isReply(row) && isReply(line[0]) && row.topic.id === line[0].topic.id;
    if (joins) line.push(row);
    else lines.push([row]);
  }
  return lines;
}

const isReply = ({ kind }: ChangeRow): boolean => kind === 'reply-posted';

function changeView(line: Line, withTopic: boolean): ChangeView {
  const [newest] = line;
  // The reader begins with the oldest of them.
  const first = line.at(-1) ?? newest;
  return {
    text: isReply(newest) ? repliesBy(line.map(({ by }) => by).reverse()) : wordingOf(newest),
    href: placeOf(first),
    topic: withTopic ? newest.topic.title : '',
    topicHref: paths.topic(newest.topic),
    moment: momentView(newest.at),
    logHref: newest.actionId === null ? '' : paths.moderationLog({ decision: newest.actionId }),
    icon: iconOf(newest),
  };
}

function iconOf({ kind, actionId }: ChangeRow): string {
  if (kind === 'reply-posted') return 'reply';
  if (kind === 'post-hidden' || kind === 'topic-hidden') return 'hide';
  if (kind.startsWith('source-') || kind === 'headline-changed') return 'link';
  return actionId === null ? 'pen' : 'shield';
}
