// The page of settings with all that a member follows and mutes, grouped by kind.
import type { FollowKind } from '../../../domain/following.ts';
import { FOLLOWING } from '../../../domain/limits.ts';
import type { Form } from '../../../web/forms.ts';
import { counted, momentView, type MomentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import { settingsTabs, type Tab } from '../../members/pages.ts';
import { type FollowView, followView } from '../pages.ts';
import type { Chosen } from '../queries.ts';

export interface FollowsPage {
  readonly head: Head;
  readonly tabs: readonly Tab[];
  readonly here: string;
  readonly followedHref: string;
  /** Where its feed is had. */
  readonly feedsHref: string;
  readonly wordHref: string;
  readonly longest: number;
  readonly form: Form<'word'>;
  /** In how many titles the word stands; '' where nobody asked. */
  readonly found: string;
  readonly groups: readonly {
    readonly id: string;
    readonly heading: string;
    readonly count: string;
    readonly items: readonly ItemView[];
  }[];
}

interface ItemView {
  readonly name: string;
  /** '' for words, and for what cannot be opened any more. */
  readonly href: string;
  readonly since: MomentView;
  readonly follow: FollowView;
}

declare module '../../../web/views.ts' {
  interface Views {
    'following/list': FollowsPage;
  }
}

export interface FollowsFacts {
  readonly chosen: readonly Chosen[];
  readonly form: Form<'word'>;
  /** Topics of the last week with the word in their title; undefined where nobody asked. */
  readonly titled: number | undefined;
}

const HEADINGS: Readonly<Record<FollowKind, string>> = {
  topic: 'Topics',
  tag: 'Tags',
  section: 'Sections',
  site: 'Sites',
  member: 'Members',
  word: 'Words',
};

export function followsPage({ chosen, form, titled }: FollowsFacts): FollowsPage {
  const groups = (Object.keys(HEADINGS) as FollowKind[]).map((kind) => {
    const items = chosen.flatMap((row) => itemOf(row, kind) ?? []);
    return { id: `${kind}s`, heading: HEADINGS[kind], count: items.length.toLocaleString('en-GB'), items };
  });
  return {
    head: { title: 'Followed and muted', noindex: true },
    tabs: settingsTabs('Following'),
    here: paths.follows(),
    followedHref: paths.followed(),
    feedsHref: paths.feeds(),
    wordHref: paths.followWord(),
    longest: FOLLOWING.word.max,
    form,
    found: titled === undefined ? '' : foundSentence(form.fields.word.value, titled),
    groups: groups.filter(({ items }) => items.length > 0),
  };
}

function foundSentence(word: string, n: number): string {
  const topics = n === 0 ? 'No topic' : counted(n, 'topic', 'topics');
  return `${topics} of the last week ${n === 1 ? 'has' : n === 0 ? 'has' : 'have'} “${word}” in the title.`;
}

/** A row as an item of one kind; undefined when it is of another. */
function itemOf(row: Chosen, kind: FollowKind): ItemView | undefined {
  const thing = thingOf(row, kind);
  if (!thing) return undefined;
  const { name, href, action, what, word = '' } = thing;
  const next = `${paths.follows()}#${kind}s`;
  return {
    ...{ name, href },
    since: momentView(row.setAt),
    follow: followView({ action, next, what, word, level: row.level }),
  };
}

interface Thing {
  readonly name: string;
  readonly href: string;
  readonly action: string;
  readonly what: string;
  readonly word?: string;
}

function thingOf({ topic, tag, section, host, member, word }: Chosen, kind: FollowKind): Thing | undefined {
  switch (kind) {
    case 'topic': {
      if (!topic) return undefined;
      const name = topic.title ?? 'A topic that is gone';
      const href = topic.title === null ? '' : paths.topic(topic);
      return { name, href, action: paths.topicFollow(topic.id), what: `topic ${name}` };
    }
    case 'tag':
      return tag === null ? undefined : of(`#${tag}`, paths.tag(tag), paths.tagFollow(tag), 'tag');
    case 'section':
      return section
        ? of(section.name, paths.section(section.slug), paths.sectionFollow(section.slug), 'section')
        : undefined;
    case 'site':
      return host === null ? undefined : of(host, paths.site(host), paths.siteFollow(host), 'site');
    case 'member':
      return member === null
        ? undefined
        : of(member, paths.member(member), paths.memberFollow(member), 'member');
    case 'word':
      return word === null ? undefined : { ...of(`“${word}”`, '', paths.followWord(), 'word'), word };
  }
}

function of(name: string, href: string, action: string, kind: FollowKind): Thing {
  return { name, href, action, what: `${kind} ${name}` };
}
