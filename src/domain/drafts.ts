// Drafts: what was typed into a composer and not sent.
import { countCharacters } from './check.ts';
import { type DraftId, type PostId, readId, type TopicId } from './ids.ts';

/** The fields of the form by name, each with its values in order. */
export type DraftFields = Readonly<Record<string, readonly string[]>>;

export const DRAFTS = {
  /** A member's drafts at once. Beyond it the oldest goes, as the page of drafts says. */
  kept: 50,
  /** Days after the last save. Whoever has not come back to a text by then has forgotten it. */
  days: 90,
  /** Half as much again as the longest text that can be posted, so that one which is too long can be shortened later. */
  characters: 150_000,
} as const;

/** What of a composer's form is kept: all that somebody typed or chose, and what it knows of the version it began from. */
export const DRAFT_FIELDS = [
  ...['url', 'title', 'section', 'tags', 'body'],
  ...['digest', 'model', 'again', 'fetched_title', 'version'],
] as const;

/** Those in which somebody writes: while all of them are empty there is nothing to keep. */
const WRITTEN = ['url', 'title', 'tags', 'body'] as const;

/** Which composer it is: of a new topic, of a reply to a topic or to one of its replies, or of an edit. */
export type DraftPlace =
  | { readonly kind: 'topic' }
  | { readonly kind: 'reply'; readonly topicId: TopicId; readonly parentId: PostId | null }
  | { readonly kind: 'edit'; readonly postId: PostId };

/** As forms and scripts name it: "topic", "reply:7:0", "reply:7:12", "edit:12". */
export function spellPlace(place: DraftPlace): string {
  switch (place.kind) {
    case 'topic':
      return 'topic';
    case 'reply':
      return `reply:${place.topicId}:${place.parentId ?? 0}`;
    case 'edit':
      return `edit:${place.postId}`;
  }
}

/** Undefined for what no composer says. */
export function readPlace(text: string): DraftPlace | undefined {
  const [kind, first, second, ...more] = text.split(':');
  if (more.length > 0) return undefined;
  if (kind === 'topic' && first === undefined) return { kind };
  if (kind === 'edit' && second === undefined) {
    const postId = readId<PostId>(first);
    return postId && { kind, postId };
  }
  const topicId = readId<TopicId>(first);
  const parentId = second === '0' ? null : readId<PostId>(second);
  return kind === 'reply' && topicId && parentId !== undefined ? { kind, topicId, parentId } : undefined;
}

/** A draft as a form goes on with it: which, and as it was saved when. If it was changed elsewhere since, it is another one. */
export interface DraftRef {
  readonly id: DraftId;
  readonly savedAt: Date;
}

export function spellRef({ id, savedAt }: DraftRef): string {
  return `${id}.${savedAt.getTime()}`;
}

/** Undefined for a form that goes on with none. */
export function readRef(text: string): DraftRef | undefined {
  const [, first, second] = /^(\d{1,16})\.(\d{1,13})$/.exec(text) ?? [];
  const id = readId<DraftId>(first);
  return id && { id, savedAt: new Date(Number(second)) };
}

/** Whether somebody has written something. */
export function hasText(fields: DraftFields): boolean {
  return WRITTEN.some((name) => fields[name]?.some((value) => value.trim() !== ''));
}

export function charactersOf(fields: DraftFields): number {
  return Object.values(fields)
    .flat()
    .reduce((sum, value) => sum + countCharacters(value), 0);
}
