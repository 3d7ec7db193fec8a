// A tag above the list of its topics, on the pages of other features.
import { TAG_KIND_NAMES } from '../../domain/tags.ts';
import type { Viewer } from '../../domain/viewer.ts';
import { isModerator } from '../../domain/viewer.ts';
import { counted } from '../../web/moments.ts';
import { paths } from '../../web/paths.ts';
import { type TagDetails, TOPICS_COUNTED } from './details.ts';

interface Link {
  readonly href: string;
  readonly name: string;
}

/** Tags that a title names, beside the field of tags. */
export interface SuggestedTags {
  readonly suggestedTags: readonly string[];
}
declare module '../../web/views.ts' {
  interface Views {
    'tags/_suggested': SuggestedTags;
  }
}

export interface TagView {
  readonly name: string;
  readonly kind: string;
  /** Other slugs, in one line; '' when there are none. */
  readonly alsoCalled: string;
  readonly parent: Link | null;
  readonly children: readonly Link[];
  readonly topics: string;
  readonly atomHref: string;
  readonly jsonHref: string;
  /** '' but for moderators. */
  readonly editHref: string;
  readonly mergeHref: string;
  readonly allHref: string;
}

export function tagView(tag: TagDetails, viewer: Viewer): TagView {
  const { slug, name, kind, alsoCalled, parent, children, topics } = tag;
  const mine = isModerator(viewer);
  const link = (other: { readonly slug: string; readonly name: string }): Link => ({
    href: paths.tag(other.slug),
    name: other.name,
  });
  return {
    name,
    kind: TAG_KIND_NAMES[kind].one,
    alsoCalled: alsoCalled.join(', '),
    parent: parent && link(parent),
    children: children.map(link),
    topics: topicsText(topics),
    atomHref: paths.atomFeed(tagFeedBase(slug)),
    jsonHref: paths.jsonFeed(tagFeedBase(slug)),
    editHref: mine ? paths.tagEdit(slug) : '',
    mergeHref: mine ? paths.tagMerge(slug) : '',
    allHref: paths.tags({ kind }),
  };
}

/** What the addresses of a tag's feeds begin with. */
export function tagFeedBase(slug: string): `/${string}` {
  return `/tag/${encodeURIComponent(slug)}`;
}

/** "12 topics"; "1,000 topics or more" where counting ended. */
export function topicsText(topics: number): string {
  const said = counted(topics, 'topic', 'topics');
  return topics >= TOPICS_COUNTED ? `${said} or more` : said;
}
