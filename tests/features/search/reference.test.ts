// Operators combined at random, compared with a slow filter in plain TypeScript over the same rows, for every viewer.
import fc from 'fast-check';
import { tags, topicTags } from '../../../src/db/schema/index.ts';
import type { MemberRow, PostRow, TopicRow } from '../../support/make.ts';
import { expect, test } from '../../support/forum.ts';
import { beginningOf, type Filter, type TextPart, writeQuery } from '../../../src/domain/search-query.ts';

/** Words that stem to themselves and are in no name, tag or address here. */
const WORDS = ['llama', 'gpu', 'router', 'token', 'cluster'] as const;
const NAMES = ['kevin_h', 'ops_lena', 'dcfinance'] as const;
const TAGS = ['power', 'chips'] as const;
const SECTIONS = ['funding', 'regions'] as const;
const HOSTS = ['arxiv.org', 'example.org'] as const;
const DATES = ['2026-01-05', '2026-02', '2026-03-20', '2025', '2027'] as const;
const DAY = 86_400_000;

interface Row {
  readonly id: number;
  /** For a topic its title and tags too. */
  readonly words: readonly string[];
  readonly author: string;
  readonly at: Date;
  readonly isReply: boolean;
  readonly found: boolean;
  readonly topic: {
    readonly id: number;
    readonly author: string;
    readonly section: string;
    readonly host: string | undefined;
    readonly tags: readonly string[];
    readonly open: boolean;
  };
}

/** A generator that gives the same forum each time. */
const random = (seed: number) => () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;

const filters: fc.Arbitrary<Filter> = fc.record({ excluded: fc.boolean() }).chain(({ excluded }) =>
  fc
    .oneof(
      fc.constantFrom(...NAMES, 'nobody').map((value) => ({ name: 'author' as const, value })),
      fc.constantFrom(...TAGS, 'unheard').map((value) => ({ name: 'tag' as const, value })),
      fc.constantFrom(...SECTIONS).map((value) => ({ name: 'section' as const, value })),
      fc.constantFrom(...HOSTS, 'nowhere.example').map((value) => ({ name: 'site' as const, value })),
      fc
        .tuple(fc.constantFrom('before' as const, 'after' as const), fc.constantFrom(...DATES))
        .map(([name, value]) => ({ name, value })),
      fc.constant({ name: 'has' as const, value: 'source' }),
      fc.constantFrom('open', 'topic', 'reply').map((value) => ({ name: 'is' as const, value })),
      fc.constantFrom(0, 1, 2, 3).map((place) => ({ name: 'topic' as const, value: String(place) })),
    )
    .map((filter) => ({ ...filter, excluded })),
);
const text: fc.Arbitrary<TextPart> = fc.oneof(
  fc.record({ kind: fc.constant('word' as const), text: fc.constantFrom(...WORDS), excluded: fc.boolean() }),
  fc.record({
    kind: fc.constant('phrase' as const),
    text: fc.tuple(fc.constantFrom(...WORDS), fc.constantFrom(...WORDS)).map((pair) => pair.join(' ')),
    excluded: fc.boolean(),
  }),
);
const alternatives = fc.array(fc.array(text, { minLength: 1, maxLength: 3 }), { minLength: 0, maxLength: 2 });

test(
  'any operators find what a reference filter finds',
  { timeout: 60_000 },
  async ({ make, db, as, clock }) => {
    const next = random(11);
    const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(next() * items.length)] as Item;
    const some = () => Array.from({ length: 1 + Math.floor(next() * 4) }, () => pick(WORDS));
    const people = new Map<string, MemberRow>();
    for (const name of NAMES) people.set(name, await make.member({ name }));
    const tagIds = new Map<string, number>();
    for (const slug of TAGS) {
      const [row] = await db.insert(tags).values({ slug, name: slug, description: 'A tag.' }).returning();
      tagIds.set(slug, row?.id as number);
    }
    const rows: Row[] = [];
    const made: TopicRow[] = [];
    for (let n = 0; n < 12; n += 1) {
      const [author, section, title, body] = [pick(NAMES), pick(SECTIONS), some(), some()];
      const at = new Date(Date.UTC(2025, 11, 20) + Math.floor(next() * 100) * DAY);
      const host = next() < 0.6 ? pick(HOSTS) : undefined;
      const isLocked = next() < 0.3;
      const fate = n < 8 ? 'visible' : n < 10 ? 'hidden' : 'held';
      const given = TAGS.filter(() => next() < 0.4);
      const topic = await make.topic({
        ...{ author: people.get(author) as MemberRow, section, title: title.join(' '), body: body.join(' ') },
        ...{ postedAt: at, lockedAt: isLocked ? at : null, heldAt: fate === 'held' ? at : null },
        ...(host !== undefined && { source: `https://${host}/${n}` }),
      });
      for (const slug of given) {
        await db
          .insert(topicTags)
          .values({ topicId: topic.id, tagId: tagIds.get(slug) as never, position: given.indexOf(slug) });
      }
      if (fate === 'hidden') await make.hide({ topic: topic.id });
      made.push(topic);
      const open = !isLocked && clock.now().getTime() - at.getTime() <= 90 * DAY;
      const of = { id: topic.id, author, section, host, tags: given, open };
      // A full stop between what does not stand side by side.
      const opening = [...title, '.', ...body];
      rows.push({
        id: topic.openingPostId,
        words: opening,
        author,
        at,
        isReply: false,
        found: fate === 'visible',
        topic: of,
      });
      let parent: PostRow | undefined;
      for (let m = 0; m < 3; m += 1) {
        const [replier, words] = [pick(NAMES), some()];
        const state = pick(['visible', 'visible', 'visible', 'held', 'withdrawn', 'hidden']);
        const postedAt = new Date(at.getTime() + m * DAY);
        const reply: PostRow = await make.reply({
          ...{ topic, author: people.get(replier) as MemberRow, body: words.join(' '), postedAt },
          ...(parent && next() < 0.5 && { parent }),
          ...{
            heldAt: state === 'held' ? postedAt : null,
            withdrawnAt: state === 'withdrawn' ? postedAt : null,
          },
        });
        if (state === 'hidden') await make.hide({ post: reply.id });
        if (state === 'visible') parent = reply;
        const found = fate === 'visible' && state === 'visible';
        rows.push({ id: reply.id, words, author: replier, at: postedAt, isReply: true, found, topic: of });
      }
    }
    const reader = await make.member({ name: 'reader' });
    const spares = people.get('dcfinance') as MemberRow;
    await db.execute(
      `insert into follow_levels (member_id, about_id, level, set_at) values (${reader.id}, ${spares.id}, 'nothing', now())`,
    );
    const viewers = [
      { browser: as.visitor(), mutes: undefined },
      { browser: await as.moderator(), mutes: undefined },
      { browser: await as.member(people.get('kevin_h')), mutes: undefined },
      { browser: await as.member(reader), mutes: 'dcfinance' },
    ];

    const holds = ({ name, value, excluded }: Filter, row: Row): boolean => {
      const is = {
        author: () => row.author === value,
        tag: () => row.topic.tags.includes(value),
        section: () => row.topic.section === value,
        site: () => row.topic.host === value,
        topic: () => String(row.topic.id) === value,
        before: () => row.at < (beginningOf(value) as Date),
        after: () => row.at >= (beginningOf(value) as Date),
        has: () => row.topic.host !== undefined,
        is: () => (value === 'open' ? row.topic.open : (value === 'reply') === row.isReply),
      }[name]();
      return is !== excluded;
    };
    const says = (part: TextPart, { words }: Row): boolean => {
      if (part.kind === 'or') return false;
      const sought = part.text.split(' ');
      const stands = words.some((_word, at) => sought.every((word, index) => words[at + index] === word));
      return stands !== part.excluded;
    };

    await fc.assert(
      fc.asyncProperty(
        alternatives,
        fc.array(filters, { maxLength: 3 }),
        fc.constantFrom('relevance', 'new'),
        fc.constantFrom(...viewers),
        async (sides, chosen, sort, { browser, mutes }) => {
          const narrowed = chosen.map((each) =>
            each.name === 'topic' ? { ...each, value: String(made[Number(each.value) * 3]?.id) } : each,
          );
          fc.pre(sides.length > 0 || narrowed.length > 0);
          const named = narrowed.some(({ name, excluded }) => name === 'author' && !excluded);
          const expected = rows
            .filter((row) => row.found && narrowed.every((filter) => holds(filter, row)))
            .filter(
              (row) => sides.length === 0 || sides.some((side) => side.every((part) => says(part, row))),
            )
            .filter(({ author }) => named || author !== mutes);
          const parts = sides.flatMap((side, index): TextPart[] =>
            index === 0 ? side : [{ kind: 'or' }, ...side],
          );
          const q = writeQuery({ text: parts, filters: narrowed });
          fc.pre(q.length <= 200);
          const found: (string | null)[] = [];
          let page = await browser.visit(`/search?${new URLSearchParams({ q, sort }).toString()}`);
          for (;;) {
            found.push(
              ...[...page.document.querySelectorAll('.items h2 a')].map((link) => link.getAttribute('href')),
            );
            if (!page.document.querySelector('a[rel=next]')) break;
            page = await page.follow('More results');
          }
          const hrefs = expected.map((row) =>
            row.isReply
              ? `/p/${row.id}`
              : `/t/${row.topic.id}/${made.find(({ id }) => id === row.topic.id)?.slug}`,
          );
          expect([q, found.sort()]).toEqual([q, hrefs.sort()]);
        },
      ),
      { numRuns: 60 },
    );
  },
);
