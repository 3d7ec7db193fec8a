// The pages about tags: all of them for everybody; editing and merging for moderators.
import { LONGEST_TAG_DESCRIPTION, TAG_KIND_NAMES, TAG_KINDS, type TagKind } from '../../domain/tags.ts';
import type { Form } from '../../web/forms.ts';
import { formOf } from '../../web/forms.ts';
import { counted } from '../../web/moments.ts';
import { paths } from '../../web/paths.ts';
import type { Head } from '../../web/views.ts';
import type { ReasonFields } from '../log/index.ts';
import { type DirectoryEntry, type TagFilter, type TagRow } from '../tags/index.ts';
import { topicsText } from '../tags/pages.ts';
import type { TagForm } from './forms.ts';

interface Link {
  readonly href: string;
  readonly title: string;
}

export interface DirectoryPage {
  readonly head: Head;
  readonly action: string;
  readonly tabs: readonly { readonly name: string; readonly href: string; readonly current: boolean }[];
  /** '' while all kinds are shown: the form sends it along. */
  readonly kind: string;
  readonly begins: string;
  readonly tags: readonly {
    readonly href: string;
    readonly name: string;
    readonly slug: string;
    readonly kind: string;
    readonly description: string;
    readonly topics: string;
  }[];
  readonly empty: string;
  readonly allHref: string;
  readonly nextHref: string;
  /** How many tags of the industry an admin can add; '' for everybody else, and when all are there. */
  readonly missing: string;
  readonly plantHref: string;
}
declare module '../../web/views.ts' {
  interface Views {
    'tagging/list': DirectoryPage;
    'tagging/edit': TagEditPage;
    'tagging/merge-choice': TagMergeChoicePage;
    'tagging/merge': TagMergePage;
  }
}

export function directoryPage(facts: {
  readonly filter: TagFilter;
  readonly rows: readonly DirectoryEntry[];
  readonly next: string | undefined;
  /** Undefined for those who may not add them. */
  readonly missing: number | undefined;
}): DirectoryPage {
  const { filter, rows, next, missing = 0 } = facts;
  const { kind, begins, after } = filter;
  const narrowed = { begins: begins || undefined };
  const tab = (name: string, of: TagKind | undefined) => ({
    name,
    href: paths.tags({ kind: of, ...narrowed }),
    current: of === kind,
  });
  return {
    head: {
      title: kind === undefined ? 'Tags' : `Tags: ${TAG_KIND_NAMES[kind].many}`,
      description: 'Companies, models, people and subjects under discussion here.',
      canonical: paths.tags({ kind, ...narrowed, after }),
      ...(begins !== '' && { noindex: true }),
    },
    action: paths.tags(),
    tabs: [tab('All', undefined), ...TAG_KINDS.map((one) => tab(TAG_KIND_NAMES[one].many, one))],
    kind: kind ?? '',
    begins,
    tags: rows.map(({ slug, name, kind: of, description, topics }) => ({
      href: paths.tag(slug),
      name,
      slug,
      kind: kind === undefined ? TAG_KIND_NAMES[of].one : '',
      description,
      topics: topics === 0 ? '' : topicsText(topics),
    })),
    empty:
      begins === ''
        ? after === undefined
          ? 'There are no tags yet. They come with topics.'
          : 'There are no more tags.'
        : `No tag begins with “${begins}”.`,
    allHref: begins !== '' || after !== undefined ? paths.tags({ kind }) : '',
    nextHref: next === undefined ? '' : paths.tags({ kind, ...narrowed, after: next }),
    missing: missing === 0 ? '' : counted(missing, 'tag', 'tags'),
    plantHref: paths.tagsPlant(),
  };
}

export interface TagEditPage {
  readonly head: Head;
  readonly back: Link;
  readonly heading: string;
  readonly action: string;
  readonly refusal: string;
  readonly form: TagForm;
  readonly was: string;
  readonly kinds: readonly { readonly value: TagKind; readonly name: string; readonly chosen: boolean }[];
  readonly ordinary: boolean;
  readonly longest: number;
  readonly mergeHref: string;
}

export function tagEditPage(
  { slug }: Pick<TagRow, 'slug'>,
  facts: {
    readonly form: TagForm;
    readonly ordinary: boolean;
    readonly was: string;
    readonly refusal: string;
  },
): TagEditPage {
  const { form, ordinary, was, refusal } = facts;
  return {
    head: { title: `Edit #${slug}`, noindex: true },
    back: { href: paths.tag(slug), title: `#${slug}` },
    heading: `Edit #${slug}`,
    action: paths.tagEdit(slug),
    refusal,
    form,
    was,
    kinds: TAG_KINDS.map((value) => ({
      value,
      name: TAG_KIND_NAMES[value].one,
      chosen: value === form.fields.kind.value,
    })),
    ordinary,
    longest: LONGEST_TAG_DESCRIPTION,
    mergeHref: paths.tagMerge(slug),
  };
}

export interface TagMergeChoicePage {
  readonly head: Head;
  readonly back: Link;
  readonly heading: string;
  readonly action: string;
  readonly form: Form<'into'>;
}

/** Into which other? */
export function tagMergeChoicePage(slug: string, typed: string, fault: string): TagMergeChoicePage {
  return {
    head: { title: `Merge #${slug}`, noindex: true },
    back: { href: paths.tag(slug), title: `#${slug}` },
    heading: `Merge #${slug}`,
    action: paths.tagMerge(slug),
    form: formOf({ into: typed }, { into: fault }),
  };
}

export interface TagMergePage {
  readonly head: Head;
  readonly back: Link;
  readonly heading: string;
  readonly action: string;
  readonly refusal: string;
  readonly into: string;
  readonly effects: readonly string[];
  readonly turnHref: string;
  readonly turnText: string;
  readonly form: Form<ReasonFields>;
}

export function tagMergePage(
  from: Pick<TagRow, 'slug'>,
  into: Pick<TagRow, 'slug'>,
  facts: {
    readonly topics: number;
    readonly form: Form<ReasonFields>;
    readonly refusal: string;
  },
): TagMergePage {
  const { topics, form, refusal } = facts;
  const moved = counted(topics, 'topic', 'topics');
  return {
    head: { title: `Merge #${from.slug} into #${into.slug}`, noindex: true },
    back: { href: paths.tag(from.slug), title: `#${from.slug}` },
    heading: `Merge #${from.slug} into #${into.slug}`,
    action: paths.tagMerge(from.slug),
    refusal,
    into: into.slug,
    effects: [
      `${moved} with #${from.slug} ${topics === 1 ? 'gets' : 'get'} #${into.slug} in its place.`,
      `Whoever follows or mutes #${from.slug} does so with #${into.slug}, unless they have said otherwise of that one.`,
      `/tag/${from.slug} and its other names lead to /tag/${into.slug}.`,
      'It can be undone: what came since then stays with the other tag.',
    ],
    turnHref: `${paths.tagMerge(into.slug)}?into=${encodeURIComponent(from.slug)}`,
    turnText: `Keep #${from.slug} instead`,
    form,
  };
}
