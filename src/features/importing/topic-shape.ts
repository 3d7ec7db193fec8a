// What can be wrong with a topic record by itself: told of before anything of its line comes in.
import { urlKey, type UrlKey } from '../../domain/url-key.ts';
import type { RenderedBody } from '../threads/index.ts';
import type { PostRecord, TopicRecord } from './format.ts';
import { LineFault } from './records.ts';

/** What a reader made of a topic record. */
export interface ReadableTopic {
  readonly shape: TopicShape;
  /** In the order of its posts. */
  readonly bodies: readonly RenderedBody[];
}

export interface TopicShape {
  /** Place in the record of the post with a key. */
  readonly placeOf: ReadonlyMap<string, number>;
  /** In the order of its sources. */
  readonly addresses: readonly UrlKey[];
}

/** @throws LineFault when the record does not fit together */
export function shapeOf({ posts, sources }: TopicRecord): TopicShape {
  return {
    placeOf: placesOfPosts(posts),
    addresses: sources.map(({ url }, index) => {
      const address = urlKey(url);
      if (!address.ok) throw new LineFault(`sources[${index}].url: ${address.reason}`);
      return address;
    }),
  };
}

/** A reply stands behind what it answers, so that it has the higher id. */
function placesOfPosts(posts: readonly PostRecord[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  for (const [index, { key, parent }] of posts.entries()) {
    if (places.has(key)) throw new LineFault(`posts[${index}].key: "${key}" stands here twice`);
    if (index === 0 && parent !== undefined)
      throw new LineFault('posts[0].parent: the opening post answers nothing');
    if (parent !== undefined && !((places.get(parent) ?? 0) > 0))
      throw new LineFault(`posts[${index}].parent: no reply before it has the key "${parent}"`);
    places.set(key, index);
  }
  return places;
}
