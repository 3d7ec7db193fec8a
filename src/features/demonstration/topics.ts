// The topics of the demonstration with their discussions, as they were before moderators came.
import type { Reader, Tx } from '../../db/connection.ts';
import { sections } from '../../db/schema/index.ts';
import type { PostId, SectionId, TopicId } from '../../domain/ids.ts';
import { sortByTime } from '../../domain/thread.ts';
import { HOUR } from '../../domain/times.ts';
import { urlKey } from '../../domain/url-key.ts';
import type { ImportedSource } from '../links/index.ts';
import { importTags, plantTags } from '../tags/index.ts';
import { importTopic, type ImportedReply, type ImportedTopic, reserveTopic } from '../threads/index.ts';
import { type DemoReply, type DemoSource, demoTags, demoTopics, type DemoTopic } from './content/index.ts';
import { openingPost, placeReplies, type Press, replyPost } from './posts.ts';

export interface LoadedTopic {
  readonly topic: DemoTopic;
  readonly id: TopicId;
  readonly postedAt: Date;
  readonly replies: readonly LoadedReply[];
}

export interface LoadedReply {
  readonly reply: DemoReply;
  readonly id: PostId;
  readonly postedAt: Date;
}

/** Loads every topic, the oldest first, so that ids ascend with time as they do where people write. */
export async function loadTopics(tx: Tx, press: Press, now: Date): Promise<LoadedTopic[]> {
  const sectionIds = await loadSectionIds(tx);
  await plantTags(tx);
  const tagIds = await importTags(tx, demoTags);
  const loaded: LoadedTopic[] = [];
  for (const topic of demoTopics.toSorted((a, b) => b.hoursAgo - a.hoursAgo)) {
    const postedAt = hoursBefore(now, topic.hoursAgo);
    const opening = await openingPost(press, topic, postedAt);
    const placed = sortByTime(placeReplies(topic, postedAt)) ?? [];
    const replies: ImportedReply[] = [];
    for (const reply of placed) replies.push({ ...(await replyPost(press, reply)), parent: reply.parent });
    const imported: ImportedTopic = {
      kind: topic.kind,
      title: topic.title,
      sectionId: known(sectionIds, topic.section),
      tagIds: (topic.tags ?? []).map((slug) => known(tagIds, slug)),
      sources: (topic.sources ?? []).map((source) => importedSource(source, now)),
      opening,
      replies,
      originKey: `demonstration:${topic.key}`,
    };
    const { id, replyIds } = await importTopic(tx, imported, await reserveTopic(tx, imported));
    const numbered = placed.map((reply, index) => ({ ...reply, id: replyIds[index]! }));
    loaded.push({ topic, id, postedAt, replies: numbered });
  }
  return loaded;
}

/** What the content names must be in it. */
function known<Id>(ids: ReadonlyMap<string, Id>, slug: string): Id {
  const id = ids.get(slug);
  if (id === undefined) throw new Error(`There is no section or tag "${slug}".`);
  return id;
}

async function loadSectionIds(db: Reader): Promise<ReadonlyMap<string, SectionId>> {
  const rows = await db.select({ id: sections.id, slug: sections.slug }).from(sections);
  return new Map(rows.map(({ id, slug }) => [slug, id]));
}

function importedSource(source: DemoSource, now: Date): ImportedSource {
  const { url, role, title, publisher, description, publishedHoursAgo, paywall, language } = source;
  const address = urlKey(url);
  if (!address.ok) throw new Error(`${url}: ${address.reason}`);
  return {
    address,
    ...(role && { role }),
    ...(title && { title }),
    ...(publisher && { publisher }),
    ...(description && { description }),
    ...(paywall && { paywall }),
    ...(language && { language }),
    ...(publishedHoursAgo !== undefined && { publishedAt: hoursBefore(now, publishedHoursAgo) }),
  };
}

function hoursBefore(now: Date, hours: number): Date {
  return new Date(now.getTime() - hours * HOUR);
}
