// Keeping a draft, and letting go of it. What a member writes happens one thing after the other: a save that comes after the
// post it would have become, late on a slow line, finds the post and brings nothing back.
import { and, eq, lte, notInArray, or, sql } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { builtOnce, parameter } from '../../../db/named-statements.ts';
import { drafts, posts, topics } from '../../../db/schema/index.ts';
import {
  charactersOf,
  type DraftFields,
  type DraftPlace,
  type DraftRef,
  DRAFTS,
  hasText,
} from '../../../domain/drafts.ts';
import type { DraftId, MemberId, PostId, TopicId } from '../../../domain/ids.ts';
import { mayKeepDraft } from '../../../domain/policy/drafts.ts';
import type { Member } from '../../../domain/viewer.ts';
import { authorize, notFound } from '../../../web/problem.ts';
import { lockMember } from '../../members/index.ts';
import { type Draft, DRAFT, draftOf, isAt } from '../queries.ts';

export interface DraftToKeep {
  readonly viewer: Member;
  readonly place: DraftPlace;
  readonly formId: string;
  /** The draft that the form was opened with, as it was then. */
  readonly ref: DraftRef | undefined;
  readonly fields: DraftFields;
  /** Somebody pressed the button, and has no other place for the text: it is kept whatever else there is. */
  readonly pressed: boolean;
  readonly now: Date;
}

export type KeptDraft =
  | { readonly outcome: 'kept'; readonly ref: DraftRef }
  /** There is nothing to keep: it was sent meanwhile, or all that was typed was taken out again. */
  | { readonly outcome: 'sent' | 'empty' }
  /** Another window has kept something else here since this one was opened, or saved the edit: that stays. */
  | { readonly outcome: 'other' };

/** Keeps what a composer holds. @throws Problem when it is too much, or there is no such place. */
export async function keepDraft(tx: Tx, draft: DraftToKeep): Promise<KeptDraft> {
  const { viewer, fields, pressed } = draft;
  authorize(mayKeepDraft(viewer, { characters: charactersOf(fields) }));
  await lockMember(tx, viewer.id);
  const columns = await columnsOf(tx, viewer, draft.place);
  const { own, other } = await findThere(tx, draft);
  const sent = await findSent(tx, draft);
  if (sent === 'this' || !hasText(fields)) {
    if (own) await discardDraft(tx, viewer, own.id);
    return { outcome: sent === 'this' ? 'sent' : 'empty' };
  }
  if (!pressed && !own && (other !== undefined || sent === 'later')) return { outcome: 'other' };
  // A press would lose one of two texts: the second one goes under the first.
  if (!own && other) return write(tx, draft, { id: other.id, fields: under(other.fields, fields) });
  return write(tx, draft, { id: own?.id, fields, ...(!other && { columns }) });
}

/** The columns that say which place it is. @throws Problem when there is no such post or topic. */
async function columnsOf(tx: Tx, viewer: Member, place: DraftPlace): Promise<PlaceColumns> {
  const none = { topicId: null, parentId: null, postId: null };
  if (place.kind === 'topic') return none;
  const postId = place.kind === 'edit' ? place.postId : place.parentId;
  if (postId === null) {
    const { topicId } = place as DraftPlace & { kind: 'reply' };
    const [topic] = await tx.select({ id: topics.id }).from(topics).where(eq(topics.id, topicId));
    return { ...none, topicId: topic?.id ?? notFound('There is no such topic.') };
  }
  const [post] = await tx
    .select({ topicId: posts.topicId, authorId: posts.authorId })
    .from(posts)
    .where(eq(posts.id, postId));
  if (!post || (place.kind === 'edit' && post.authorId !== viewer.id)) notFound('There is no such post.');
  return place.kind === 'edit' ? { ...none, postId } : { ...none, topicId: post.topicId, parentId: postId };
}

interface PlaceColumns {
  readonly topicId: TopicId | null;
  readonly parentId: PostId | null;
  readonly postId: PostId | null;
}

/** The draft that the form has kept already, or goes on with; and one that stands at its place instead. */
async function findThere(
  tx: Tx,
  { viewer, place, formId, ref }: DraftToKeep,
): Promise<{ readonly own: Draft | undefined; readonly other: Draft | undefined }> {
  const rows = await tx
    .select(DRAFT)
    .from(drafts)
    .where(
      and(
        eq(drafts.memberId, viewer.id),
        or(
          eq(drafts.formId, formId),
          ref && eq(drafts.id, ref.id),
          place.kind === 'topic' ? undefined : isAt(viewer.id, place),
        ),
      ),
    );
  const there = rows.map(draftOf);
  const own =
    there.find((draft) => draft.formId === formId) ??
    there.find(({ id, savedAt }) => id === ref?.id && savedAt.getTime() === ref.savedAt.getTime());
  const others = place.kind === 'topic' ? [] : there.filter((draft) => draft !== own);
  return { own, other: others[0] };
}

/** "this": what the form holds was sent. "later": something else was saved after the form of an edit was opened. */
async function findSent(
  tx: Tx,
  { viewer, place, formId, fields }: DraftToKeep,
): Promise<'this' | 'later' | undefined> {
  if (place.kind !== 'edit') {
    const byForm = and(eq(posts.authorId, viewer.id), eq(posts.formId, formId));
    return (await tx.$count(posts, byForm)) > 0 ? 'this' : undefined;
  }
  const [post] = await tx
    .select({ version: posts.version, bodyMd: posts.bodyMd, title: topics.title })
    .from(posts)
    .innerJoin(topics, eq(topics.id, posts.topicId))
    .where(eq(posts.id, place.postId));
  const [body = '', title = post?.title, version = ''] = ['body', 'title', 'version'].map((name) =>
    fields[name]?.at(-1),
  );
  if (!post || Number(version) >= post.version) return undefined;
  return body?.trim() === post.bodyMd.trim() && title === post.title ? 'this' : 'later';
}

function under(first: DraftFields, second: DraftFields): DraftFields {
  const [above, below] = [first, second].map((fields) => fields.body?.at(-1) ?? '');
  if (above === undefined || below === undefined || below.includes(above)) return second;
  return { ...second, body: [above.includes(below) ? above : `${above.trimEnd()}\n\n${below}`] };
}

interface Written {
  /** Undefined: it is a new one. */
  readonly id: DraftId | undefined;
  readonly fields: DraftFields;
  /** Without them it stays where it stands. */
  readonly columns?: PlaceColumns;
}

async function write(
  tx: Tx,
  { viewer, formId, now }: DraftToKeep,
  { id, fields, columns }: Written,
): Promise<KeptDraft> {
  const values = { formId, fields, savedAt: now, ...columns };
  const [row] =
    id === undefined
      ? await tx
          .insert(drafts)
          .values({ ...values, memberId: viewer.id })
          .returning({ id: drafts.id })
      : await tx.update(drafts).set(values).where(eq(drafts.id, id)).returning({ id: drafts.id });
  if (!row) throw new Error('A draft that was written was not returned.');
  if (id === undefined) await dropOldest(tx, viewer.id);
  return { outcome: 'kept', ref: { id: row.id, savedAt: now } };
}

async function dropOldest(tx: Tx, memberId: MemberId): Promise<void> {
  const newest = tx
    .select({ id: drafts.id })
    .from(drafts)
    .where(eq(drafts.memberId, memberId))
    .orderBy(sql`${drafts.savedAt} desc`, sql`${drafts.id} desc`)
    .limit(DRAFTS.kept);
  await tx.delete(drafts).where(and(eq(drafts.memberId, memberId), notInArray(drafts.id, newest)));
}

/** Throws an own draft away. */
export async function discardDraft(tx: Tx, viewer: Member, id: DraftId): Promise<void> {
  await tx.delete(drafts).where(and(eq(drafts.memberId, viewer.id), eq(drafts.id, id)));
}

/**
 * Lets go of the draft of a form that has been sent, in the transaction in which it is. One that was changed in another
 * window since this form was opened is another text, and stays. The caller has locked the member.
 */
export async function dropDraft(
  tx: Tx,
  memberId: MemberId,
  { formId, ref }: { readonly formId: string | null; readonly ref: DraftRef | undefined },
): Promise<void> {
  if (formId === null && !ref) return;
  const dropping = builtOnce(tx, 'sent draft', () => {
    const ofForm = eq(drafts.formId, sql.placeholder('form'));
    const goneOn = and(
      eq(drafts.id, parameter<DraftId>('draft')),
      lte(drafts.savedAt, sql.placeholder('savedAt')),
    );
    return tx
      .delete(drafts)
      .where(and(eq(drafts.memberId, parameter<MemberId>('member')), or(ofForm, goneOn)))
      .prepare('sent draft');
  });
  await dropping.execute({
    member: memberId,
    form: formId,
    draft: ref?.id ?? null,
    savedAt: ref?.savedAt ?? new Date(0),
  });
}
