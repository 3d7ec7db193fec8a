// Everything that a page of the queue shows around its items: a fixed number of queries, however many items there are.
import type { Reader } from '../../db/connection.ts';
import type { CannedReason } from '../../domain/canned-reasons.ts';
import type { FlagSubject } from '../../domain/flags.ts';
import type { MemberId, PostId } from '../../domain/ids.ts';
import type { Member } from '../../domain/viewer.ts';
import type { Clock } from '../../lib/clock.ts';
import type { SiteSource } from '../../web/site.ts';
import { type FlagRow, listFlags } from '../flags/index.ts';
import { cannedReasons } from '../log/index.ts';
import { countOthersInOffice, listNotes, type NoteRow } from '../sanctions/index.ts';
import { listTalk, type TalkRow } from '../talks/index.ts';
import {
  type AuthorRow,
  type EarlierAction,
  listAuthors,
  listEarlierActions,
  listTrails,
  type TrailPost,
} from './queries/authors.ts';
import {
  type HitRow,
  listHits,
  listProposals,
  listSuggested,
  listTraces,
  type ProposalRow,
  type SuggestionRow,
  type TraceRow,
} from './queries/hints.ts';
import type { ItemRow } from './queries/list.ts';
import { type Below, countBelow, countLinks, countTopicsOfHosts, type LinkedFrom } from './queries/reach.ts';
import {
  type AppealRow,
  listAppeals,
  listPosts,
  listSourcesAtHand,
  listTopicsAtHand,
  type PostRow,
  type SourceRow,
  type TopicRow,
} from './queries/subjects.ts';

export interface Around {
  /** The canned reasons of the forum. */
  readonly reasons: readonly CannedReason[];
  /** Whether anybody but the viewer is in office. */
  readonly othersInOffice: boolean;
  readonly posts: readonly PostRow[];
  readonly sources: readonly SourceRow[];
  readonly topics: readonly TopicRow[];
  readonly appeals: readonly AppealRow[];
  readonly authors: readonly AuthorRow[];
  readonly trails: readonly TrailPost[];
  readonly earlier: readonly EarlierAction[];
  readonly notes: readonly NoteRow[];
  readonly flags: readonly FlagRow[];
  readonly hits: readonly HitRow[];
  readonly suggested: readonly SuggestionRow[];
  readonly proposals: readonly ProposalRow[];
  readonly traces: readonly TraceRow[];
  readonly below: readonly Below[];
  readonly links: readonly LinkedFrom[];
  readonly hosts: readonly { readonly host: string; readonly topics: number }[];
  readonly talk: readonly TalkRow[];
}

interface Services {
  readonly db: Reader;
  readonly config: { readonly siteUrl: string };
  readonly clock: Clock;
  readonly site: SiteSource;
}

/** @param rows the items of one page */
export async function loadAround(app: Services, viewer: Member, rows: readonly ItemRow[]): Promise<Around> {
  const { db, config, clock } = app;
  const [sources, topics, appeals] = await Promise.all([
    listSourcesAtHand(db, present(rows, 'sourceId')),
    listTopicsAtHand(db, present(rows, 'topicId')),
    listAppeals(db, present(rows, 'appealedActionId')),
  ]);
  const posts = await listPosts(db, viewer, [...present(rows, 'postId'), ...present(appeals, 'postId')]);
  const subjects = { posts, sources, topics, appeals };
  const memberIds = [
    ...new Set<MemberId>([
      ...present(rows, 'memberId'),
      ...present(posts, 'authorId'),
      ...present(sources, 'addedById'),
      ...present(appeals, 'memberId'),
    ]),
  ];
  return {
    ...subjects,
    ...(await loadPeople(db, memberIds)),
    ...(await loadCauses(db, rows)),
    ...(await loadReach(db, { posts, sources, siteUrl: config.siteUrl })),
    reasons: cannedReasons(app),
    othersInOffice: (await countOthersInOffice(db, [viewer.id], clock.now())) > 0,
  };
}

async function loadPeople(db: Reader, memberIds: readonly MemberId[]) {
  const [authors, trails, earlier, notes] = await Promise.all([
    listAuthors(db, memberIds),
    listTrails(db, memberIds),
    listEarlierActions(db, memberIds),
    listNotes(db, memberIds),
  ]);
  return { authors, trails, earlier, notes };
}

async function loadCauses(db: Reader, rows: readonly ItemRow[]) {
  const ofKind = (...kinds: ItemRow['kind'][]) => rows.filter(({ kind }) => kinds.includes(kind));
  const subjects = ofKind('flagged', 'watched').flatMap(({ postId, memberId, sourceId }): FlagSubject[] => [
    ...(postId === null ? [] : [{ postId }]),
    ...(memberId === null ? [] : [{ memberId }]),
    ...(sourceId === null ? [] : [{ sourceId }]),
  ]);
  const [flags, hits, suggested, talk] = await Promise.all([
    listFlags(db, subjects),
    listHits(db, present(ofKind('watched', 'held', 'flagged'), 'postId')),
    listSuggested(db, {
      topicIds: present(ofKind('suggestion'), 'topicId'),
      sourceIds: present(ofKind('link'), 'sourceId'),
    }),
    listTalk(
      db,
      rows.map(({ id }) => id),
    ),
  ]);
  const [proposals, traces] = await Promise.all([
    listProposals(
      db,
      ofKind('consent').map(({ id }) => id),
    ),
    listTraces(db, present(ofKind('newcomer'), 'memberId')),
  ]);
  return { flags, hits, suggested, talk, proposals, traces };
}

async function loadReach(
  db: Reader,
  { posts, sources, siteUrl }: Pick<Around, 'posts' | 'sources'> & { readonly siteUrl: string },
) {
  const replies: PostId[] = posts.flatMap(({ id, isOpening }) => (isOpening ? [] : [id]));
  const hosts = [
    ...sources.map(({ host }) => host),
    ...posts.flatMap(({ links }) => links.map(({ host }) => host)),
  ];
  const [below, links, topicsOfHosts] = await Promise.all([
    countBelow(db, replies),
    countLinks(db, posts, siteUrl),
    countTopicsOfHosts(db, [...new Set(hosts)]),
  ]);
  return { below, links, hosts: topicsOfHosts };
}

/** The values of a column that are there, each once. */
function present<Row, Name extends keyof Row>(rows: readonly Row[], name: Name): NonNullable<Row[Name]>[] {
  return [
    ...new Set(rows.flatMap(({ [name]: value }) => (value === null || value === undefined ? [] : [value]))),
  ];
}
