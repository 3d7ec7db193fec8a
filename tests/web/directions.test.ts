// What people wrote stands in the direction of its own letters, on pages that are read from left to right.
import { eq } from 'drizzle-orm';
import { actions, flags } from '../../src/db/schema/index.ts';
import { makeFeed, readOne, rss, Sites } from '../features/incoming/sites.ts';
import type { Page } from '../support/browser.ts';
import { expect, test } from '../support/forum.ts';
import { putItem } from '../support/queue-desk.ts';

/** Stands in everything that somebody wrote, and nowhere else. */
const WORD = 'מילה';
const said = (what: string) => `${WORD} (${what})`;

/** The texts with the word that take the direction of what is around them. Unseen ones have none; options cannot have one inside. */
function misled({ document }: Page): string[] {
  return [...document.querySelectorAll('main *')]
    .filter(({ childNodes }) =>
      [...childNodes].some(({ nodeType, textContent }) => nodeType === 3 && textContent?.includes(WORD)),
    )
    .filter((holder) => !holder.matches('.vh, option') && holder.closest('bdi, [dir="auto"]') === null)
    .map(({ outerHTML }) => outerHTML.slice(0, 160));
}

function expectOwnDirection(page: Page): void {
  expect(page.main, page.url).toContain(WORD);
  expect(misled(page), page.url).toEqual([]);
}

test('on the pages of moderators, and on those of whom they decide about', async ({ as, db, make }) => {
  const author = await make.member({ name: 'author', about: said('about') });
  const topic = await make.topic({ title: said('topic') });
  const twin = await make.topic({ title: said('topic') });
  const parent = await make.reply({ topic, body: said('parent') });
  const reply = await make.reply({ topic, parent, author });
  const hidden = await make.reply({ topic, author });
  await make.flag({ post: reply.id, note: said('flag') });
  const item = await putItem(db, 'flagged', { postId: reply.id });
  await db.update(flags).set({ queueItemId: item });

  const moderator = await as.moderator();
  const member = await as.member(author);
  const talk = `/moderation/items/${item}/talk`;
  for (const to of ['member', 'moderators'])
    await (await moderator.visit(talk)).press('Send', { to, body: said(to) });
  const record = '/moderation/members/author';
  await (await moderator.visit(`${record}?show=notes`)).press('Add note', { note: said('note') });
  await (
    await moderator.visit(`${record}/sanction`)
  ).press('Decide', { kind: 'warning', reason: said('warned') });
  await (await moderator.visit(`/p/${hidden.id}/hide`)).press('Hide', { reason: said('reason') });
  const [hide] = await db.select().from(actions).where(eq(actions.kind, 'hide'));
  const decision = await member.visit(`/decisions/${hide?.id ?? 0}`);
  expectOwnDirection(decision);
  await decision.press('Appeal', { text: said('appeal') });

  for (const path of [`/talks/${item}`, decision.url]) expectOwnDirection(await member.visit(path));
  const tabs = ['', '?show=posts', '?show=actions', '?show=notes', '/sanction'].map((tab) => record + tab);
  const merging = [`/t/${topic.id}/merge`, `/t/${topic.id}/merge?with=${twin.id}`];
  const staff = ['/moderation', `/moderation/items/${item}`, talk, '/moderation/log', ...tabs, ...merging];
  for (const path of staff) expectOwnDirection(await moderator.visit(path));
  expectOwnDirection(await (await moderator.visit('/moderation/log')).follow('Undo'));
  const tried = { pattern: WORD, reason: said('watched') };
  expectOwnDirection(await (await moderator.visit('/moderation/watch')).press('Try it', tried));
  // Another moderator, whose last shift was before all of this.
  expectOwnDirection(await (await as.moderator()).visit('/moderation/shift'));
});

test('in incoming news', async ({ as, clock, db }) => {
  const sites = new Sites();
  const url = 'https://first.example/feed';
  const item = { title: said('headline'), link: '/story', date: clock.ago({ hours: 1 }) };
  sites.answer(url, { body: rss(item) });
  await readOne(db, sites, await makeFeed(db, url, clock.now(), said('feed')), clock.now());
  expectOwnDirection(await (await as.member()).visit('/incoming'));
  expectOwnDirection(await (await as.admin()).visit('/admin/feeds'));
});

test('in one’s own flags', async ({ as, make }) => {
  const flagger = await make.member();
  const reply = await make.reply({ topic: await make.topic({ title: said('topic') }) });
  await make.flag({ post: reply.id, member: flagger, note: said('note') });
  const browser = await as.member(flagger);
  for (const path of ['/settings/flags', `/p/${reply.id}/flag`])
    expectOwnDirection(await browser.visit(path));
});
