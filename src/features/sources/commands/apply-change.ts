// What can be changed about a source, whether it would be a change, and making it: for members who agree and for moderators.
import type { Tx } from '../../../db/connection.ts';
import { isChange } from '../../../domain/policy/suggestions.ts';
import { readRole, type SourceRole } from '../../../domain/source-roles.ts';
import { urlKey, type UrlKey } from '../../../domain/url-key.ts';
import { denyForState } from '../../../domain/verdict.ts';
import { authorize } from '../../../web/problem.ts';
import type { Member } from '../../../domain/viewer.ts';
import { correctAddress, lockKey, setSourceRole } from '../../links/index.ts';
import { hostsOfArticle } from '../../threads/index.ts';
import { addressPart, judgeText, watchSources } from '../../watch/index.ts';
import type { SourceInHand } from '../at-hand.ts';

export type WantedChange =
  | { readonly kind: 'role'; readonly role: SourceRole }
  | { readonly kind: 'address'; readonly address: UrlKey };

/** In the one spelling in which suggestions are compared, and as it was typed. */
export function spelled(change: WantedChange): { readonly value: string; readonly shown: string } {
  if (change.kind === 'role') return { value: change.role, shown: change.role };
  return { value: change.address.key, shown: change.address.shown };
}

/** What was suggested, as it was typed. */
export function suggestedChange(kind: WantedChange['kind'], shown: string): WantedChange {
  const role = readRole(shown);
  if (kind === 'role' && role) return { kind, role };
  const address = urlKey(shown);
  if (!address.ok) throw new Error(`A suggestion cannot be read: ${shown}`);
  return { kind: 'address', address };
}

/** @throws Problem conflict when it is so already, or the topic has the article twice then. */
export function authorizeChange({ source, others }: SourceInHand, change: WantedChange): void {
  const { value } = spelled(change);
  authorize(isChange(change.kind === 'role' ? source.role : source.urlKey, value));
  if (change.kind === 'address' && others.some(({ urlKey: key }) => key === value))
    authorize(denyForState('The topic has this article as another source. A moderator can remove this one.'));
}

/** Compares a new address with the watched domains. @throws Problem when one of them is refused. */
export async function judgeChange(tx: Tx, by: Member, change: WantedChange): Promise<void> {
  const hosts = change.kind === 'address' ? await hostsOfArticle(tx, change.address) : [];
  await judgeText(tx, by, { parts: [addressPart(hosts)], seen: true });
}

export async function applyChange(
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
