// The tags that a title names and that its writer has not typed: shown beside the field, never given by themselves.
import type { Reader } from '../../db/connection.ts';
import { LENGTHS } from '../../domain/limits.ts';
import { readTags } from '../../domain/tags.ts';
import type { UrlKey } from '../../domain/url-key.ts';
import { hostsOf } from '../../domain/watch-hosts.ts';
import { findNamedTags, tagSlugsOf } from '../tags/index.ts';

/** As many as the topic still has room for. @param typed.tags as they stand in the field */
export async function suggestTags(
  db: Reader,
  typed: { readonly title: string; readonly address: UrlKey | null; readonly tags: string },
): Promise<string[]> {
  const there = new Set(await tagSlugsOf(db, readTags(typed.tags)));
  const room = LENGTHS.tagsPerTopic - there.size;
  if (room <= 0) return [];
  const hosts = typed.address ? hostsOf(typed.address.shown) : [];
  const named = await findNamedTags(db, typed.title, hosts);
  return named.filter((slug) => !there.has(slug)).slice(0, room);
}
