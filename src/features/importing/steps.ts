// Reading, ahead of writing: lines become steps, each a bit of work for the database, with its texts rendered.
import { findByOriginKeys } from '../../db/origin-keys.ts';
import { renderImported, type RenderingServices } from '../threads/index.ts';
import { type ImportFile, linesOf } from './files.ts';
import type { MemberRecord, ForumRecord, SectionRecord, TagRecord, TopicRecord } from './format.ts';
import type { ImportListener } from './listener.ts';
import { checkHeader, LineFault, readRecord } from './records.ts';
import { readDiscussion } from './reddit.ts';
import { type ReadableTopic, shapeOf } from './topic-shape.ts';

/** What is written together, in this order. */
export interface Step {
  readonly file: ImportFile;
  readonly line: number;
  readonly sections: readonly SectionRecord[];
  readonly tags: readonly TagRecord[];
  readonly members: readonly NumberedMember[];
  readonly topic?: PreparedTopic;
}

/** A member with the line that it stands on. */
export interface NumberedMember {
  readonly line: number;
  readonly record: MemberRecord;
}

export interface PreparedTopic {
  readonly record: TopicRecord;
  /** Undefined when the topic is here already. */
  readonly readable: ReadableTopic | undefined;
}

export interface Reading {
  readonly services: RenderingServices;
  readonly forumKey: string;
  /** What a line of the file holds. @throws LineFault */
  readonly read: (text: string) => readonly ForumRecord[];
  /** Whether the file begins with a header. */
  readonly headed: boolean;
  /** Whether an @name in its texts is a member's. */
  readonly mentions: boolean;
  readonly listener: ImportListener;
}

/** Tokenwire's own format. */
export const OWN_FORMAT = { read: (text: string) => [readRecord(text)], headed: true, mentions: true };
/** Reddit's archives, into a section. Names there are another forum's, and are written u/name. */
export const redditFormat = (section: string) => ({
  read: (text: string) => readDiscussion(text, section),
  headed: false,
  mentions: false,
});

/** Members written in one statement. */
const MEMBERS_AT_ONCE = 500;

/** The steps of a file. Lines that are wrong are told of and left out; without its header the file is. */
export async function* stepsOf(file: ImportFile, reading: Reading): AsyncGenerator<Step> {
  const { listener } = reading;
  const waiting = new Map<string, NumberedMember>();
  let awaitsHeader = reading.headed;
  let last = 1;
  const takeWaiting = (): Step => {
    const members = [...waiting.values()];
    waiting.clear();
    return { file, line: last, sections: [], tags: [], members };
  };
  for await (const line of linesOf(file, (bytes) => listener.read(bytes))) {
    try {
      if (!line.ok) throw new LineFault(line.reason);
      if (awaitsHeader) {
        checkHeader(line.text);
        awaitsHeader = false;
        continue;
      }
      const records = reading.read(line.text);
      const member = records.length === 1 && records[0]?.kind === 'member' ? records[0] : undefined;
      if (waiting.size === MEMBERS_AT_ONCE || (!member && waiting.size > 0)) yield takeWaiting();
      last = line.number;
      if (!member) yield await prepare(file, line.number, records, reading);
      else if (waiting.has(member.key)) listener.imported('known', 1);
      else waiting.set(member.key, { line: line.number, record: member });
    } catch (error) {
      if (!(error instanceof LineFault)) throw error;
      listener.fault(file, line.number, error.message);
      if (awaitsHeader) return;
    }
  }
  if (awaitsHeader) listener.fault(file, 1, 'is missing: the file is empty');
  if (waiting.size > 0) yield takeWaiting();
}

async function prepare(
  file: ImportFile,
  line: number,
  records: readonly ForumRecord[],
  reading: Reading,
): Promise<Step> {
  const sections = records.filter((record) => record.kind === 'section');
  const tags = records.filter((record) => record.kind === 'tag');
  const members = records
    .filter((record) => record.kind === 'member')
    .map((record): NumberedMember => ({ line, record }));
  const record = records.find((candidate) => candidate.kind === 'topic');
  const step = { file, line, sections, tags, members };
  return record ? { ...step, topic: { record, readable: await read(file, line, record, reading) } } : step;
}

async function read(
  file: ImportFile,
  line: number,
  record: TopicRecord,
  { services, forumKey, mentions, listener }: Reading,
): Promise<ReadableTopic | undefined> {
  const known = await findByOriginKeys(services.db, 'topic', forumKey, [record.key]);
  if (known.size > 0) return undefined;
  const shape = shapeOf(record);
  const texts = record.posts.map(({ body }, index) => ({
    markdown: body,
    ...(index === 0 && { title: record.title }),
  }));
  const rendered = await renderImported(services, texts, { mentions });
  for (const [index, { fellBack }] of rendered.entries()) {
    if (fellBack)
      listener.note(
        file,
        line,
        `posts[${index}] is shown as it was typed: its Markdown is too much to render`,
      );
  }
  return { shape, bodies: rendered.map(({ fellBack: _, ...body }) => body) };
}
