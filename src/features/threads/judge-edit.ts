// An edit as watched words and domains see it: what it brings into a post, compared with what stood there before.
import type { Tx } from '../../db/connection.ts';
import { addressesIn } from '../../lib/markdown/index.ts';
import { findAddress } from '../links/index.ts';
import { listTagsOfTopic } from '../tags/index.ts';
import { addressPart, judgeText, type Judgement, type TextPart, textAndHosts } from '../watch/index.ts';
import { hostsOfArticle } from './checks.ts';
import type { Edit } from './commands/edit-post.ts';
import type { LockedPlace } from './commands/locks.ts';

/**
 * Judges an edit. One that stands is not held, whatever the rule says: a post that others read and answer would vanish
 * from among them. It stays, and moderators look at it.
 * @throws WatchedRefusal
 */
export async function judgeEdit(
  tx: Tx,
  { viewer, body, topic: changes }: Edit,
  { topic, post }: LockedPlace,
): Promise<Judgement> {
  const parts = [textAndHosts('body', body.markdown, body.addresses)];
  const before = [textAndHosts('body', post.bodyMd, addressesIn(post.bodyHtml))];
  if (changes) {
    const { title, tags, address } = changes;
    parts.push(textAndHosts('title', title), tagsPart(tags));
    if (address) parts.push(addressPart(await hostsOfArticle(tx, address)));
    before.push(textAndHosts('title', topic.title), tagsPart(await listTagsOfTopic(tx, topic.id)));
    before.push(textAndHosts('url', '', [(await findAddress(tx, topic.id))?.url ?? '']));
  }
  return judgeText(tx, viewer, { parts, before, seen: true });
}

function tagsPart(tags: readonly { readonly name: string }[]): TextPart {
  return textAndHosts('tags', tags.map(({ name }) => name).join(', '));
}
