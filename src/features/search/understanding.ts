// What the parts of a query stand for on this forum: names become members, tags, sections and topics; what there is no such
// thing as is told in a sentence.
import { and, eq } from 'drizzle-orm';
import type { Reader } from '../../db/connection.ts';
import { findNamed } from '../../db/names.ts';
import { topics } from '../../db/schema/index.ts';
import { listedTopics } from '../../db/visibility.ts';
import type { MemberId, SectionId, TagId, TopicId } from '../../domain/ids.ts';
import { nameKey } from '../../domain/member-name.ts';
import { beginningOf, type Filter } from '../../domain/search-query.ts';
import { readSiteHost } from '../../domain/site-host.ts';
import { slugWords } from '../../domain/slug.ts';
import type { Section } from '../../web/site.ts';
import { findTag } from '../tags/index.ts';

/** One condition as the database takes it. */
export type Condition =
  | { readonly on: 'author'; readonly id: MemberId }
  | { readonly on: 'tag'; readonly id: TagId }
  | { readonly on: 'section'; readonly id: SectionId }
  | { readonly on: 'topic'; readonly id: TopicId }
  | { readonly on: 'site'; readonly host: string }
  | { readonly on: 'before' | 'after'; readonly moment: Date }
  | { readonly on: 'source' | 'open' | 'topics' | 'replies' }
  /** Something that there is not: nothing is of it. */
  | { readonly on: 'nothing' };

export interface Understood {
  readonly filter: Filter;
  readonly condition: Condition;
  /** What is meant, for people: "by kevin_h". */
  readonly label: string;
  /** What there is no such thing as; '' when it is there. */
  readonly fault: string;
}

type Meant = Omit<Understood, 'filter'>;

const IS: Readonly<Record<string, Meant>> = {
  open: { condition: { on: 'open' }, label: 'open for replies', fault: '' },
  topic: { condition: { on: 'topics' }, label: 'topics only', fault: '' },
  reply: { condition: { on: 'replies' }, label: 'replies only', fault: '' },
};

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

/** Looks up what each filter means. */
export async function understand(
  db: Reader,
  filters: readonly Filter[],
  sections: readonly Section[],
): Promise<Understood[]> {
  const meanings = await Promise.all(filters.map((filter) => meaningOf(db, filter, sections)));
  return meanings.map((meant, index) => {
    const filter = filters[index] as Filter;
    const label = filter.excluded ? `not ${meant.label}` : meant.label;
    return { ...meant, label, filter };
  });
}

async function meaningOf(db: Reader, { name, value }: Filter, sections: readonly Section[]): Promise<Meant> {
  switch (name) {
    case 'author':
      return ofAuthor(db, value);
    case 'tag':
      return ofTag(db, value);
    case 'topic':
      return ofTopic(db, Number(value) as TopicId);
    case 'section':
      return ofSection(value, sections);
    case 'site':
      return ofSite(value);
    case 'before':
    case 'after':
      return ofDate(name, value);
    case 'has':
      return { condition: { on: 'source' }, label: 'with an article', fault: '' };
    case 'is':
      return IS[value] ?? absent(`is ${value}`, '');
  }
}

async function ofAuthor(db: Reader, value: string): Promise<Meant> {
  const [found] = await findNamed(db, [nameKey(value)]);
  return found
    ? { condition: { on: 'author', id: found.id }, label: `by ${found.name}`, fault: '' }
    : absent(`by ${value}`, `There is no member “${value}”.`);
}

async function ofTag(db: Reader, value: string): Promise<Meant> {
  const slug = slugWords(value).join('-');
  const found = slug === '' ? undefined : await findTag(db, slug);
  return found
    ? { condition: { on: 'tag', id: found.id }, label: `tagged ${found.name}`, fault: '' }
    : absent(`tagged ${value}`, `There is no tag “${value}”.`);
}

async function ofTopic(db: Reader, id: TopicId): Promise<Meant> {
  const [found] = await db
    .select({ title: topics.title })
    .from(topics)
    .where(and(eq(topics.id, id), listedTopics()));
  return found
    ? { condition: { on: 'topic', id }, label: `in “${found.title}”`, fault: '' }
    : absent(`in topic ${id}`, `There is no topic with the number ${id}.`);
}

function ofSection(value: string, sections: readonly Section[]): Meant {
  const typed = slugWords(value).join('-');
  const found = sections.find(({ slug, name }) => slug === typed || slugWords(name).join('-') === typed);
  if (found) return { condition: { on: 'section', id: found.id }, label: `in ${found.name}`, fault: '' };
  const all = sections.map(({ slug }) => slug).join(', ');
  return absent(`in ${value}`, `There is no section “${value}”; sections are ${all}.`);
}

function ofSite(value: string): Meant {
  const host = readSiteHost(value);
  return host === undefined
    ? absent(`from ${value}`, `“${value}” is not the name of a site, such as arxiv.org.`)
    : { condition: { on: 'site', host }, label: `from ${host}`, fault: '' };
}

function ofDate(name: 'before' | 'after', value: string): Meant {
  const moment = beginningOf(value);
  if (!moment) return absent(`${name} ${value}`, `“${value}” is not a date.`);
  const label = name === 'before' ? `before ${day.format(moment)}` : `since ${day.format(moment)}`;
  return { condition: { on: name, moment }, label, fault: '' };
}

function absent(label: string, fault: string): Meant {
  return { condition: { on: 'nothing' }, label, fault };
}
