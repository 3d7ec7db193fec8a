// The articles that a topic is about, as cards: on its page, and on the pages where they are added and changed.
import { archiveHref } from '../../../domain/archive.ts';
import type { TopicId } from '../../../domain/ids.ts';
import { ROLE_NAMES } from '../../../domain/source-roles.ts';
import type { State } from '../../../domain/state.ts';
import { isSelf, type Viewer } from '../../../domain/viewer.ts';
import { excerpt } from '../../../lib/html.ts';
import { momentView, type MomentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { TopicSource } from '../queries/topic-sources.ts';

export interface SourceView {
  readonly anchor: string;
  readonly title: string;
  readonly href: string;
  /** The publisher's name; '' while only the host is known. */
  readonly publisher: string;
  readonly host: string;
  readonly hostHref: string;
  /** When it was published; null while nobody knows. */
  readonly published: MomentView | null;
  /** When it was added, where that tells more than the topic's own time; null elsewhere. */
  readonly added: MomentView | null;
  readonly author: string;
  readonly role: string;
  /** In English; '' for English, and for what is not known. */
  readonly language: string;
  readonly paywall: boolean;
  readonly dead: boolean;
  /** An aggregator's address: nobody has said yet who published the article. */
  readonly wrapper: boolean;
  /** '' where a copy would hold nothing: of an aggregator's page. */
  readonly archiveHref: string;
  readonly description: string;
  readonly image: { readonly src: string; readonly width: number; readonly height: number } | null;
  readonly earlierHeadline: string;
  readonly also: readonly { readonly title: string; readonly href: string; readonly posted: MomentView }[];
  /** Where members change it; '' for those who cannot. */
  readonly changeHref: string;
  /** Where members report it to the moderators; '' for those who cannot. */
  readonly flagHref: string;
}

export interface SourceContext {
  readonly title: string;
  readonly changeHref: (source: TopicSource) => string;
  readonly flagHref: (source: TopicSource) => string;
}

/** The cards of a topic in their order. Only the first has a picture, and text of the article. */
export function sourceViews(topic: SourcedTopic, context: SourceContext): SourceView[] {
  const posted = postedWith(topic);
  return topic.sources.map((source, index) => {
    const view = sourceView(source, { ...context, title: source === posted ? context.title : '' });
    const added = source === posted ? null : view.added;
    return index === 0 ? { ...view, added } : { ...view, added, image: null, description: '' };
  });
}

interface SourcedTopic {
  readonly postedAt: Date;
  readonly sources: readonly TopicSource[];
}

/** The source that the topic was posted with, or the oldest that is left: the first of inOrderOfPosting (features/links). */
export function postedWith({ postedAt, sources }: SourcedTopic): TopicSource | undefined {
  const cameByMerge = ({ addedAt }: TopicSource) => Number(new Date(addedAt) < postedAt);
  return sources.toSorted((a, b) => cameByMerge(a) - cameByMerge(b) || a.id - b.id)[0];
}

/** @param context.title stands for a headline that is not known; '': the address does */
export function sourceView(source: TopicSource, { title, changeHref, flagHref }: SourceContext): SourceView {
  const { url, host, wrapper } = source;
  return {
    anchor: sourceAnchor(source.id),
    title: source.title ?? (title || plainAddress(url)),
    href: url,
    publisher: source.publisher ?? '',
    host,
    hostHref: paths.site(host),
    published: source.publishedAt === null ? null : momentView(new Date(source.publishedAt)),
    added: source.publishedAt === null ? momentView(new Date(source.addedAt)) : null,
    author: source.author ?? '',
    role: wrapper ? 'aggregator link' : ROLE_NAMES[source.role],
    language: foreign(source.language),
    paywall: source.paywall,
    dead: source.dead,
    wrapper,
    archiveHref: wrapper ? '' : archiveHref(url, new Date(source.addedAt)),
    description: source.description ?? '',
    image: source.image && { ...source.image, src: paths.image(source.image.hash) },
    earlierHeadline: source.earlierHeadline ?? '',
    also: source.alsoIn.map((topic) => ({
      title: topic.title,
      href: paths.topic(topic),
      posted: momentView(new Date(topic.postedAt)),
    })),
    changeHref: changeHref(source),
    flagHref: flagHref(source),
  };
}

/** The links by which members report sources of a topic that is there for everybody: others' sources. */
export function flagHrefs(
  viewer: Viewer,
  { id, state }: { readonly id: TopicId; readonly state: State },
): SourceContext['flagHref'] {
  return ({ id: sourceId, addedById }) =>
    viewer.kind === 'member' && state === 'visible' && !isSelf(viewer, addedById)
      ? paths.topicSourceFlag(id, sourceId)
      : '';
}

export function sourceAnchor(id: TopicSource['id']): string {
  return `source-${id}`;
}

const LONGEST_ADDRESS = 90;

/** An address as a title. */
function plainAddress(url: string): string {
  return excerpt(url.replace(/^https?:\/\/(?:www\.)?/, '').replace(/\/$/, ''), LONGEST_ADDRESS);
}

const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

/** The name of a language other than English. Pages say many things of themselves; what is no language is not repeated. */
function foreign(language: string | null): string {
  const code = /^[a-z]{2,3}(?=$|[-_])/i.exec(language ?? '')?.[0].toLowerCase() ?? 'en';
  return code === 'en' ? '' : (names.of(code) ?? '');
}
