// What a list is narrowed to, each part with the way to take it off, and the form that narrows it further.
import { PAGE_SIZES } from '../../../domain/appearance.ts';
import { LISTS } from '../../../domain/lists.ts';
import { AGES, type Period } from '../../../domain/periods.ts';
import { paths } from '../../../web/paths.ts';
import { listAddress, type TopicListFacts } from './list-facts.ts';

export interface NarrowingView {
  readonly chips: readonly { readonly text: string; readonly href: string }[];
  /** Where the form leads, and what goes along. */
  readonly action: string;
  readonly hidden: readonly { readonly name: string; readonly value: string }[];
  /** Tags that nobody has, as typed, to be corrected in the field. */
  readonly typed: string;
  /** What is wrong with the tags; '' when nothing is. */
  readonly error: string;
  /** Empty where the list has its time spans in tabs. */
  readonly ages: readonly { readonly value: string; readonly name: string; readonly selected: boolean }[];
  readonly open: boolean;
}

const AGE_NAMES: Readonly<Record<Period, string>> = {
  day: 'Past day',
  week: 'Past week',
  month: 'Past month',
  year: 'Past year',
  all: 'Any age',
};

export function narrowingView(facts: TopicListFacts): NarrowingView {
  const { list, period, tags } = facts;
  const aged = list !== 'top' && period !== 'all';
  // What the form says itself is not carried along; the rest of the address is.
  const known = tags.filter((tag) => tag.known);
  const rest = listAddress(facts, { tags: known, ...(list !== 'top' && { period: 'all' as const }) });
  const here = new URL(rest, 'http://this.invalid');
  const error = faultOf(facts);
  return {
    chips: [
      ...known.map((tag) => ({
        text: `${tag.without ? 'without ' : ''}#${tag.slug}`,
        href: listAddress(facts, { tags: tags.filter((other) => other !== tag) }),
      })),
      ...(aged ? [{ text: AGE_NAMES[period], href: listAddress(facts, { period: 'all' }) }] : []),
    ],
    action: here.pathname,
    hidden: [...here.searchParams].map(([name, value]) => ({ name, value })),
    typed: tags
      .filter((tag) => !tag.known)
      .map(({ slug, without }) => (without ? `-${slug}` : slug))
      .join(', '),
    error,
    ages:
      list === 'top'
        ? []
        : (['all', ...AGES] as const).map((age) => ({
            value: age === 'all' ? '' : age,
            name: AGE_NAMES[age],
            selected: age === period,
          })),
    open: error !== '',
  };
}

/** Whether a list is less than what its plain address shows. */
export function isNarrowed({ list, period, tags }: TopicListFacts): boolean {
  return tags.length > 0 || (list !== 'top' && period !== 'all');
}

/** How many topics a page has: to choose from, and for members where it is chosen for good. */
export function sizesView(facts: TopicListFacts) {
  return {
    sizes: PAGE_SIZES.map((size) => ({
      size,
      href: listAddress(facts, { per: size }),
      current: size === facts.pageSize,
    })),
    settingsHref: facts.viewer.kind === 'member' ? paths.appearance() : '',
  };
}

function faultOf({ tags, tooManyTags }: TopicListFacts): string {
  const unknown = tags.filter(({ known }) => !known).map(({ slug }) => `“${slug}”`);
  if (unknown.length > 0) return `There is no tag ${unknown.join(', nor ')}.`;
  return tooManyTags ? `A list takes up to ${LISTS.mostTags} tags; the others are left aside.` : '';
}
