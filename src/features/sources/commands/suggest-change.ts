// Another role for a source, or its publisher's address: two members who say the same change it, a moderator at once.
import type { Tx } from '../../../db/connection.ts';
import type { SourceId, SuggestionId, TopicId } from '../../../domain/ids.ts';
import { changesAtOnce, isChange, maySuggest } from '../../../domain/policy/suggestions.ts';
import { ROLE_NAMES, readRole, type SourceRole } from '../../../domain/source-roles.ts';
import { urlKey, type UrlKey } from '../../../domain/url-key.ts';
import type { Member } from '../../../domain/viewer.ts';
import { denyForState } from '../../../domain/verdict.ts';
import { enqueue } from '../../../jobs/queue.ts';
import { authorize } from '../../../web/problem.ts';
import { correctAddress, lockKey, setSourceRole } from '../../links/index.ts';
import { recordAction, type Reason } from '../../log/index.ts';
import {
  closeOutdated,
  countSuggestedToday,
  suggest,
  type SuggestionSubject,
} from '../../suggestions/index.ts';
import { hostsOfArticle, lockMember, recordEvent } from '../../threads/index.ts';
import { addressPart, judgeText, watchSources } from '../../watch/index.ts';
import { lockSource, type SourceInHand } from '../at-hand.ts';

export type WantedChange =
  | { readonly kind: 'role'; readonly role: SourceRole }
  | { readonly kind: 'address'; readonly address: UrlKey };

export interface ChangeOrder {
  readonly viewer: Member;
  readonly topicId: TopicId;
  readonly sourceId: SourceId;
  readonly change: WantedChange;
  /** A moderator's; members need to give none. */
  readonly reason: Reason | undefined;
  readonly limitsInForce: boolean;
  readonly now: Date;
}

/** Notes the suggestion, or makes the change. @throws Problem when the viewer may not, or it is none. */
export async function suggestChange(tx: Tx, order: ChangeOrder): Promise<'noted' | 'changed'> {
  const { viewer, topicId, sourceId, change, reason, limitsInForce, now } = order;
  const inHand = await lockSource(tx, topicId, sourceId);
  const { topic, source, others } = inHand;
  await lockMember(tx, viewer.id);
  const suggestedToday = await countSuggestedToday(tx, viewer.id, now);
  const what = change.kind === 'role' ? 'role' : source.wrapper ? 'wrapped-address' : 'address';
  const { value, shown } = spelled(change);
  // First: once the publisher is known, whoever comes too late could not suggest an address at all.
  authorize(isChange(change.kind === 'role' ? source.role : source.urlKey, value));
  authorize(maySuggest(viewer, what, { ...topic, suggestedToday, limitsInForce }, now));
  if (change.kind === 'address' && others.some(({ urlKey: key }) => key === value))
    authorize(denyForState('The topic has this article as another source. A moderator can remove this one.'));
  const hosts = change.kind === 'address' ? await hostsOfArticle(tx, change.address) : [];
  await judgeText(tx, viewer, { parts: [addressPart(hosts)], seen: true });
  const subject: SuggestionSubject = { kind: change.kind, topicId, sourceId };
  if (changesAtOnce(viewer) && reason) {
    await apply(tx, inHand, change, now);
    await closeOutdated(tx, subject, now);
    await recordDecision(tx, inHand, { ...order, reason });
    return 'changed';
  }
  const agreed = await suggest(tx, { subject, memberId: viewer.id, value, shown, now });
  if (!agreed) return 'noted';
  await apply(tx, inHand, agreedChange(change.kind, agreed.shown), now);
  await recordAgreement(tx, inHand, agreed.suggestionIds, now);
  return 'changed';
}

function spelled(change: WantedChange): { readonly value: string; readonly shown: string } {
  if (change.kind === 'role') return { value: change.role, shown: change.role };
  return { value: change.address.key, shown: change.address.shown };
}

/** What members agreed on, as the first of them gave it. */
function agreedChange(kind: WantedChange['kind'], shown: string): WantedChange {
  const role = readRole(shown);
  if (kind === 'role' && role) return { kind, role };
  const address = urlKey(shown);
  if (!address.ok) throw new Error(`A suggestion cannot be read: ${shown}`);
  return { kind: 'address', address };
}

async function apply(
  tx: Tx,
  { topic, source }: SourceInHand,
  change: WantedChange,
  now: Date,
): Promise<void> {
  if (change.kind === 'role') return setSourceRole(tx, source.id, change.role);
  await lockKey(tx, change.address.key);
  await correctAddress(tx, source.id, change.address, now);
  await watchSources(tx, topic.id, now);
}

async function recordAgreement(
  tx: Tx,
  { topic, source }: SourceInHand,
  suggestionIds: readonly SuggestionId[],
  now: Date,
): Promise<void> {
  const about = { actorId: null, topicId: topic.id, at: now };
  await recordEvent(tx, { kind: 'source-edited', ...about, data: { sourceId: source.id } });
  await recordEvent(tx, { kind: 'suggestion-applied', ...about, data: { suggestionIds } });
}

/** With what it was before: enough to undo it. */
async function recordDecision(
  tx: Tx,
  { topic, source }: SourceInHand,
  { viewer, change, reason, now }: ChangeOrder & { readonly reason: Reason },
): Promise<void> {
  const { id: sourceId, publisherHost, role, url } = source;
  const changed =
    change.kind === 'role'
      ? { what: `${publisherHost}: ${ROLE_NAMES[change.role]}`, role: { from: role, to: change.role } }
      : {
          what: `${publisherHost}: address at ${change.address.host}`,
          address: { from: url, to: change.address.shown },
        };
  const about = { actorId: viewer.id, topicId: topic.id, at: now };
  const actionId = await recordAction(tx, {
    ...{ kind: 'edit-source', ...about, reason },
    data: { sourceId, ...changed },
  });
  await enqueue(tx, 'notify-of-action', { actionId });
  await recordEvent(tx, { kind: 'source-edited', ...about, data: { sourceId } });
}
