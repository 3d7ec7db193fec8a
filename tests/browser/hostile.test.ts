// Strings of the corpora, put into a forum through its front door and looked at in Chromium: nothing runs, nothing loads,
// nothing leads away, no page breaks. Of the texts, one in so many: that what all of them become is plain HTML of few tags,
// tests/lib/markdown/corpora.test.ts shows; that Chromium takes it for that, these.
import type { FastifyInstance } from 'fastify';
import {
  describeWithCorpora,
  markdownExamples,
  naughtyStrings,
  urlLists,
  xssLists,
} from '../support/corpora.ts';
import { expect, test } from '../support/forum.ts';
import { LANES } from '../hostile/fields-lanes.ts';
import { World, type Fixtures } from '../hostile/fields-world.ts';
import { openContext } from './chromium.ts';
import { packed, postReplies, postTopics, send, stringsOf } from './hostile-forum.ts';
import { openTrapped, touchEverything, type Trapped } from './hostile-traps.ts';

const originOf = (app: FastifyInstance): string => {
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new Error('the forum listens nowhere');
  return `http://127.0.0.1:${address.port}`;
};

/** Chromium as somebody who is logged in, or as a visitor. */
async function open(app: FastifyInstance, cookie = ''): Promise<Trapped & { close(): Promise<void> }> {
  const origin = originOf(app);
  const context = await openContext({ baseURL: origin });
  const [name = '', value = ''] = cookie.split(/=(.*)/s);
  if (name !== '') await context.addCookies([{ name, value, url: origin }]);
  return { ...(await openTrapped(context, origin)), close: () => context.close() };
}

async function lookAtAll(chromium: Trapped, paths: readonly string[]): Promise<string[]> {
  const faults: string[] = [];
  for (const path of paths) faults.push(...(await chromium.look(path)));
  return faults;
}

/** The pages of a list that show all its topics, 30 on each. */
async function pagesOf(world: World, path: string): Promise<string[]> {
  const pages = [path];
  for (;;) {
    const { text } = await world.visitor.get(pages.at(-1) ?? '');
    const next = /rel="next" href="([^"]+)"/.exec(text.slice(text.indexOf('<main')))?.[1];
    if (next === undefined) return pages;
    pages.push(next.replaceAll('&amp;', '&').replaceAll('&#x3D;', '='));
  }
}

/** What is worth the time of each run. */
const ONE_IN = 4;

const worldsFor = (fixtures: Fixtures): Promise<World[]> => World.openMany(fixtures, LANES);

describeWithCorpora('nothing runs', () => {
  const attacks = stringsOf([...xssLists(), naughtyStrings()]);
  const texts = stringsOf([...xssLists(), naughtyStrings(), ...markdownExamples()]).filter(
    (_text, at) => at % ONE_IN === 0,
  );
  const addresses = stringsOf(urlLists());

  test('of what is written as replies', { timeout: 600_000 }, async ({ app, make, clock }) => {
    const worlds = await worldsFor({ app, make, clock });
    const { pages, refused } = await postReplies(worlds, texts);
    expect(refused).toBeLessThan(texts.length / 20);
    const chromium = await open(app);
    expect(await lookAtAll(chromium, pages)).toEqual([]);
    await chromium.look(pages[0] ?? '');
    expect(await touchEverything(chromium.page)).toBeGreaterThan(250);
    expect(await chromium.caught()).toEqual([]);
    await chromium.close();
  });

  test('of what is a title, an address, a tag', { timeout: 600_000 }, async ({ app, make, clock }) => {
    const worlds = await worldsFor({ app, make, clock });
    const strings = [...attacks, ...addresses].filter((_text, at) => at % 20 === 0);
    const topics = await postTopics(worlds, strings);
    expect(topics.length).toBeGreaterThan(strings.length * 0.9);
    const [world] = worlds as [World];
    const chromium = await open(app);
    const lists = await pagesOf(world, '/new');
    expect(lists.length).toBeGreaterThan(strings.length / 40);
    const some = topics.filter((_path, at) => at % 25 === 0);
    const found = ['alert', 'script', 'javascript', 'onerror', 'svg'].map((word) => `/search?q=${word}`);
    const others = [
      '/',
      '/active',
      '/top?t=all',
      '/s/funding',
      `/u/${world.writerName}?show=topics`,
      ...found,
    ];
    expect(await lookAtAll(chromium, [...lists, ...some, ...others])).toEqual([]);
    await chromium.look('/new');
    expect(await touchEverything(chromium.page)).toBeGreaterThan(100);
    expect(await chromium.caught()).toEqual([]);
    for (const path of ['/feed.atom', '/s/funding/feed.atom', '/sitemap.xml'])
      expect(await faultOfXml(chromium, path), path).toBe('');
    await chromium.close();
  });

  test('of what is asked for in an address', { timeout: 600_000 }, async ({ app }) => {
    const chromium = await open(app);
    const some = attacks.filter((text, at) => at % 160 === 0 && text.length < 1_000);
    const paths = some
      .map((text) => text.toWellFormed())
      .flatMap((text, at) => {
        const typed = encodeURIComponent(text);
        const places = [
          `/search?q=${typed}`,
          `/sign-in?next=${typed}`,
          `/u/${typed}`,
          `/tag/${typed}`,
          `/${typed}`,
        ];
        return [places[0] ?? '', places[1 + (at % 4)] ?? ''];
      });
    const faults = await lookAtAll(
      chromium,
      paths.filter((path) => !/^\/(?:[/\\]|%2F|%5C|%2E)/i.test(path)),
    );
    expect(faults).toEqual([]);
    await chromium.close();
  });

  test(
    'of reasons, notes, what members say of themselves, and a forum’s own texts',
    { timeout: 600_000 },
    async ({ app, make, clock }) => {
      const [world] = (await World.openMany({ app, make, clock }, 1)) as [World];
      const visitor = await open(app);
      const moderator = await open(app, world.moderator.cookie);
      const faults: string[] = [];
      for (const reason of packed(attacks, 1_000).filter((_text, at) => at % ONE_IN === 0)) {
        const { id } = await world.otherReply();
        await send(world.moderator, `/p/${id}/hide`, { reason });
        await send(world.moderator, `/p/${id}/restore`, { reason });
      }
      faults.push(...(await lookAtAll(visitor, await pagesOf(world, '/moderation/log'))));

      for (const note of packed(attacks, 500).slice(0, 12)) {
        const { id } = await world.otherReply();
        await send(world.writer, `/p/${id}/flag`, { reason: 'spam', note });
        await send(world.moderator, `/p/${id}/flag`, { reason: 'spam', note });
        clock.advance({ hours: 1 });
      }
      faults.push(...(await lookAtAll(moderator, ['/moderation'])));

      for (const about of packed(attacks, 500).filter((_text, at) => at % 30 === 0)) {
        const affiliation = about.slice(0, 80).toWellFormed();
        await send(world.writer, '/settings', { about, affiliation });
        faults.push(...(await visitor.look(`/u/${world.writerName}`)));
      }
      expect(faults).toEqual([]);
      await visitor.close();
      await moderator.close();
    },
  );
});

/** What Chromium's own parser of XML says of a feed. */
async function faultOfXml({ page }: Trapped, path: string): Promise<string> {
  return page.evaluate(`fetch(${JSON.stringify(path)}).then((answer) => answer.text()).then((text) =>
    new DOMParser().parseFromString(text, 'application/xml').querySelector('parsererror')?.textContent ?? '')`);
}
