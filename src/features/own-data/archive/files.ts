// The files of a member's archive, one after the other. All of them read through one transaction, and so at one moment.
import { eq } from 'drizzle-orm';
import type { Reader } from '../../../db/connection.ts';
import { members } from '../../../db/schema/index.ts';
import type { MemberId, PostId, TopicId } from '../../../domain/ids.ts';
import type { FileInZip } from '../../../lib/zip-file.ts';
import { paths } from '../../../web/paths.ts';
import { accountOf } from './account.ts';
import { decisionsAbout, notesAbout } from './decisions.ts';
import { draftsOf } from './draft-rows.ts';
import { monthHead, replyMarkdown, topicMarkdown } from './markdown.ts';
import { readme } from './readme.ts';
import { replyRecord, topicRecord } from './records.ts';
import { flagsOf } from './flag-rows.ts';
import {
  appealsOf,
  followsOf,
  mailingsOf,
  monthsOf,
  noticeChoicesOf,
  notificationsOf,
  repliesOf,
  sanctionsOf,
  savesOf,
  sourcesOf,
  suggestionsOf,
  topicsOf,
  visitsOf,
  votesOf,
} from './rows.ts';
import { talksOf } from './talks.ts';

export interface ArchiveFacts {
  readonly memberId: MemberId;
  readonly siteUrl: string;
  readonly now: Date;
}

export async function* archiveFiles(db: Reader, facts: ArchiveFacts): AsyncGenerator<FileInZip> {
  const { memberId, siteUrl, now } = facts;
  const [member] = await db.select({ name: members.name }).from(members).where(eq(members.id, memberId));
  yield { name: 'README.md', content: [readme({ name: member?.name ?? '', siteUrl, now })] };
  yield { name: 'account.json', content: [json(await accountOf(db, memberId, now), 2), '\n'] };
  yield* rowsAsJson(db, facts);
  for await (const row of topicsOf(db, memberId)) {
    const name = `topics/${row.topic.id}-${safeSlug(row.topic.slug)}.md`;
    yield { name, content: [topicMarkdown(row, siteUrl)] };
  }
  for (const month of await monthsOf(db, memberId))
    yield { name: `replies/${month}.md`, content: monthOfReplies(db, facts, month) };
}

async function* rowsAsJson(db: Reader, { memberId, siteUrl }: ArchiveFacts): AsyncGenerator<FileInZip> {
  const post = (id: PostId | null) => (id === null ? null : siteUrl + paths.post(id));
  const topic = (id: TopicId | null) => (id === null ? null : siteUrl + paths.topicById(id));
  yield listFile('topics', topicsOf(db, memberId), (row) => topicRecord(row, siteUrl));
  yield listFile('replies', repliesOf(db, memberId), (row) => replyRecord(row, siteUrl));
  yield listFile('sources', sourcesOf(db, memberId), ({ topicId, url, role, addedAt, state }) => ({
    topic: topic(topicId),
    url,
    role,
    added_at: addedAt,
    state,
  }));
  yield listFile('suggestions', suggestionsOf(db, memberId), (suggestion) => ({
    topic: topic(suggestion.topicId),
    kind: suggestion.kind,
    suggested: suggestion.shown,
    suggested_at: suggestion.suggestedAt,
    closed_at: suggestion.closedAt,
    outcome: suggestion.outcome,
  }));
  yield listFile('votes', votesOf(db, memberId), ({ postId, castAt }) => ({
    post: post(postId),
    cast_at: castAt,
  }));
  yield listFile('flags', flagsOf(db, memberId), (flag) => ({
    post: post(flag.postId),
    // By number: the copy names nobody else.
    member: flag.memberId,
    source: flag.sourceUrl,
    reason: flag.reason,
    note: flag.note,
    flagged_at: flag.flaggedAt,
    taken_back_at: flag.takenBackAt,
    outcome: flag.outcome,
  }));
  yield listFile('visits', visitsOf(db, memberId), ({ topicId, seenPostId, visitedAt, branches }) => ({
    topic: topic(topicId),
    seen_up_to: post(seenPostId),
    branches: branches.map(({ branch, seen }) => ({ branch: post(branch), seen_up_to: post(seen) })),
    visited_at: visitedAt,
  }));
  yield listFile('follows', followsOf(db, memberId), ({ level, setAt, ...about }) => ({
    level,
    set_at: setAt,
    topic: topic(about.topicId),
    tag: about.tag,
    section: about.section,
    site: about.host,
    // By number: the copy names nobody else.
    member: about.aboutId,
    word: about.word,
  }));
  yield listFile('saves', savesOf(db, memberId), ({ postId, note, savedAt }) => ({
    post: post(postId),
    note,
    saved_at: savedAt,
  }));
  yield listFile('drafts', draftsOf(db, memberId), ({ topicId, parentId, postId, fields, savedAt }) => ({
    topic: topic(topicId),
    answers: post(parentId),
    edits: post(postId),
    fields,
    saved_at: savedAt,
  }));
  yield listFile('notice-choices', noticeChoicesOf(db, memberId), ({ kind, inbox, mail }) => ({
    kind,
    inbox,
    mail,
  }));
  yield listFile('notifications', notificationsOf(db, memberId), ({ kind, at, readAt, ...about }) => ({
    kind,
    at,
    read_at: readAt,
    inbox: about.inInbox,
    mail: about.mail,
    mailed_at: about.mailedAt,
    post: post(about.postId),
    topic: topic(about.topicId),
  }));
  yield listFile('mailings', mailingsOf(db, memberId), ({ kind, day, orderedAt }) => ({
    kind,
    day,
    ordered_at: orderedAt,
  }));
  yield listFile(
    'decisions',
    decisionsAbout(db, memberId),
    ({ kind, at, rule, reason, undoneAt, ...about }) => ({
      decision: kind,
      at,
      rule,
      reason,
      undone_at: undoneAt,
      post: post(about.postId),
      topic: topic(about.topicId),
    }),
  );
  yield listFile('sanctions', sanctionsOf(db, memberId), (sanction) => ({
    kind: sanction.kind,
    starts_at: sanction.startsAt,
    ends_at: sanction.endsAt,
    lifted_at: sanction.liftedAt,
    rule: sanction.rule,
    reason: sanction.reason,
  }));
  yield listFile('notes', notesAbout(db, memberId), ({ at, note }) => ({ at, note }));
  yield listFile('appeals', appealsOf(db, memberId), (appeal) => ({
    text: appeal.text,
    opened_at: appeal.openedAt,
    decided_at: appeal.decidedAt,
    outcome: appeal.outcome,
  }));
  yield listFile('talks', talksOf(db, memberId), ({ queueItemId, at, body, own }) => ({
    talk: siteUrl + paths.talk(queueItemId),
    at,
    by: own ? 'you' : 'a moderator',
    text: body,
  }));
}

function listFile<Row>(name: string, rows: AsyncIterable<Row>, recordOf: (row: Row) => object): FileInZip {
  return { name: `${name}.json`, content: jsonList(rows, recordOf) };
}

/** A JSON array, a record a line, written while it is read. */
async function* jsonList<Row>(
  rows: AsyncIterable<Row>,
  recordOf: (row: Row) => object,
): AsyncGenerator<string> {
  let before = '[\n';
  for await (const row of rows) {
    yield before + json(recordOf(row));
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

async function* monthOfReplies(db: Reader, { memberId, siteUrl }: ArchiveFacts, month: string) {
  yield monthHead(month);
  for await (const row of repliesOf(db, memberId, month)) yield replyMarkdown(row, siteUrl);
}

function json(value: object, indent = 0): string {
  return JSON.stringify(value, null, indent);
}

/** Of the letters that every file system takes; the number before it tells files apart. */
function safeSlug(slug: string): string {
  return slug.replace(/[^a-z0-9-]/g, '').slice(0, 80);
}
