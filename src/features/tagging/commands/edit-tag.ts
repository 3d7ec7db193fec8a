// What a moderator says of a tag, with its entry in the log; and that undone.
import { eq } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { actions } from '../../../db/schema/index.ts';
import type { ActionId, TagId } from '../../../domain/ids.ts';
import { mayEditTag } from '../../../domain/policy/tags.ts';
import { mayReverse } from '../../../domain/policy/undoing.ts';
import type { Member } from '../../../domain/viewer.ts';
import { authorize, notFound, Problem } from '../../../web/problem.ts';
import { type Decision, recordAction } from '../../log/index.ts';
import { checkTag, holdTag, saveTag, type TagFacts, type TagRow } from '../../tags/index.ts';
import { changedFacts, factsOf, markOf, spellChanges, type TagChange } from '../changes.ts';
import { listTagSlugs } from '../queries.ts';

export interface TagEdit {
  readonly by: Member;
  readonly id: TagId;
  readonly facts: TagFacts;
  /** What the form was filled with (markOf): nobody saves over what they have not seen. */
  readonly seen: string;
  readonly now: Date;
}

export type TagEditOutcome =
  | { readonly done: true }
  /** Another tag has this alias; or the parent stands below the tag. */
  | { readonly done: false; readonly taken: string | undefined; readonly circle: boolean };

/** @throws Problem conflict when the tag was changed or merged since the form was opened. */
export async function editTag(tx: Tx, { by, id, facts, seen, now }: TagEdit): Promise<TagEditOutcome> {
  authorize(mayEditTag(by, now));
  const tag = await holdTag(tx, id);
  if (!tag) throw new Problem('conflict', 'This tag was merged into another meanwhile.');
  if (markOf(tag) !== seen) {
    throw new Problem(
      'conflict',
      'Another moderator has changed this tag since you opened the page. What you typed is here still: saving again replaces what they wrote.',
    );
  }
  const faults = await checkTag(tx, tag, facts);
  if (faults.taken !== undefined || faults.circle) return { done: false, ...faults };
  await save(tx, tag, facts, { by, now });
  return { done: true };
}

async function save(
  tx: Tx,
  tag: TagRow,
  facts: TagFacts,
  { by, now, why }: { readonly by: Member; readonly now: Date; readonly why?: Decision['reason'] },
): Promise<ActionId | undefined> {
  const changes = changedFacts(factsOf(tag), facts);
  if (changes.length === 0) return undefined;
  await saveTag(tx, tag, facts);
  const slugs = await listTagSlugs(tx, [tag.parentId, facts.parentId]);
  return recordAction(tx, {
    ...{ kind: 'edit-tag', actorId: by.id, at: now },
    reason: why ?? { rule: null, text: spellChanges(changes, slugs) },
    data: { tagId: tag.id, what: `#${tag.slug}`, changes },
  });
}

/** Says again of a tag what was said before an edit, while all that it changed still stands. */
export async function undoTagEdit(
  tx: Tx,
  { by, reason, now, actionId }: Omit<Decision, 'queueItemId'> & { readonly actionId: ActionId },
): Promise<ActionId> {
  const [action] = await tx.select({ data: actions.data }).from(actions).where(eq(actions.id, actionId));
  const data = (action ?? notFound()).data as {
    readonly tagId: TagId;
    readonly changes: readonly TagChange[];
  };
  const tag = await holdTag(tx, data.tagId);
  const present = tag && factsOf(tag);
  const stands =
    present !== undefined &&
    data.changes.every(({ field, to }) => JSON.stringify(present[field]) === JSON.stringify(to));
  authorize(mayReverse(by, { what: 'The tag', stands }, now));
  const facts = {
    ...factsOf(tag ?? notFound()),
    ...Object.fromEntries(data.changes.map(({ field, from }) => [field, from])),
  };
  const { taken, circle } = await checkTag(tx, tag ?? notFound(), facts);
  const free = taken === undefined && !circle;
  authorize(mayReverse(by, { what: 'What the tag was called, or stood below,', stands: free }, now));
  return (await save(tx, tag ?? notFound(), facts, { by, now, why: reason })) ?? notFound();
}
