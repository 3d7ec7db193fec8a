// Topics of any size for tests, brought in as an import brings them in.
import type { Database } from '../../../src/db/connection.ts';
import { sections } from '../../../src/db/schema/index.ts';
import type { MemberId, SectionId } from '../../../src/domain/ids.ts';
import {
  importTopic,
  type ImportedReply,
  type ImportedTopic,
  type RenderedBody,
  reserveTopic,
} from '../../../src/features/threads/index.ts';
import { escapeHtml, type SafeHtml } from '../../../src/lib/html.ts';

export function bodyOf(markdown: string): RenderedBody {
  return { markdown, html: `<p>${escapeHtml(markdown)}</p>\n` as SafeHtml, version: 1 };
}

export interface GivenTopic extends Partial<Omit<ImportedTopic, 'replies'>> {
  readonly authorId: MemberId;
  readonly postedAt: Date;
  readonly replies: readonly (Partial<ImportedReply> & { readonly text: string })[];
}

export async function importOne(db: Database, { authorId, postedAt, replies, ...given }: GivenTopic) {
  const [section] = await db.select({ id: sections.id }).from(sections).limit(1);
  const topic: ImportedTopic = {
    kind: 'text',
    title: 'A topic from elsewhere',
    sectionId: section?.id as SectionId,
    tagIds: [],
    sources: [],
    opening: { authorId, postedAt, body: bodyOf('It began elsewhere.') },
    ...given,
    replies: replies.map(({ text, ...reply }) => ({
      authorId,
      postedAt,
      parent: null,
      body: bodyOf(text),
      ...reply,
    })),
  };
  return db.transaction(async (tx) => importTopic(tx, topic, await reserveTopic(tx, topic)));
}
