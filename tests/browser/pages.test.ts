// Every page in both themes and on all widths: nothing for axe to find, nothing that scrolls sideways, no error.
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeFaults, keepScreenshot, openContext, openPage, signIn } from './chromium.ts';

const SEED = 'Q1 2026 AI Investment Hits $300B, Shattering Records';
const DIGEST = 'AI Industry Shatters Funding and Valuation Records';

const QUEUES = 'Grid operators report AI data centres as the largest share';

/**
 * Name → who looks, and where: an address, with what to press there; or a title in quotes that is searched for, with a
 * link to follow from there.
 */
const PAGES: readonly (readonly [name: string, who: string, path: string])[] = [
  ['front', 'visitor', '/'],
  ['front-member', 'member', '/'],
  ['new', 'visitor', '/new'],
  ['top', 'visitor', '/top?t=month'],
  ['narrowed', 'visitor', '/s/funding?tag=venture&tag=nothing&age=year'],
  ['second-chance', 'visitor', '/second-chance'],
  ['followed', 'member', '/followed'],
  ['unread', 'member', '/unread'],
  ['changes', 'member', '/changes'],
  ['topic-changes', 'visitor', `"${QUEUES}" What changed`],
  ['section', 'visitor', '/s/funding'],
  ['tag', 'visitor', '/tag/inference'],
  ['tag-moderator', 'moderator', '/tag/openai'],
  ['tags', 'visitor', '/tags'],
  ['tag-edit', 'moderator', '/tag/inference/edit'],
  ['tag-merge', 'moderator', '/tag/inference/merge'],
  ['tag-merge-reason', 'moderator', '/tag/inference/merge?into=chips'],
  ['site', 'visitor', '/site/gridledger.example'],
  ['topic-seed', 'visitor', `"${SEED}"`],
  ['topic-seed-member', 'member', `"${SEED}"`],
  ['topic-digest', 'visitor', `"${DIGEST}"`],
  ['topic-deep', 'visitor', '"What general-purpose model providers must have in place"'],
  ['topic-sources', 'member', `"${QUEUES}"`],
  ['sources', 'member', `"${QUEUES}" Add a source`],
  ['source', 'moderator', `"${QUEUES}" Change`],
  ['suggest', 'moderator', `"${QUEUES}" Title and tags`],
  ['topic-wide', 'moderator', '"who runs agents with write access"'],
  ['member', 'visitor', '/u/kevin_h'],
  ['flag-member', 'member', '/u/diana_f/flag'],
  ['report', 'visitor', `"${QUEUES}" Report reply by`],
  ['weeks', 'visitor', '/weeks'],
  ['week', 'member', '/weeks .items h2 a'],
  ['feeds', 'member', '/feeds'],
  ['search', 'visitor', '/search?q=inference+cost'],
  ['search-empty', 'visitor', '/search'],
  ['log', 'visitor', '/moderation/log'],
  ['log-moderator', 'moderator', '/moderation/log?from=2026-01-01'],
  ['figures', 'visitor', '/moderation/log/figures'],
  ['rules', 'visitor', '/rules'],
  ['about', 'visitor', '/about'],
  ['privacy', 'visitor', '/privacy'],
  ['keys', 'visitor', '/keys'],
  ['sign-in', 'visitor', '/sign-in'],
  ['sign-up', 'visitor', '/sign-up'],
  ['not-found', 'visitor', '/nothing'],
  ['submit', 'member', '/submit'],
  ['settings', 'member', '/settings'],
  ['settings-appearance', 'member', '/settings/appearance'],
  ['settings-notices', 'member', '/settings/notices'],
  ['settings-mail-times', 'member', '/settings/notices/times'],
  ['settings-account', 'member', '/settings/account'],
  ['settings-sessions', 'member', '/settings/sessions'],
  ['settings-privacy', 'member', '/settings/privacy'],
  ['settings-flags', 'member', '/settings/flags'],
  ['settings-follows', 'member', '/settings/follows'],
  ['delete-account', 'member', '/settings/delete'],
  ['two-step-login', 'member', '/settings/two-step'],
  ['settings-passkeys', 'member', '/settings/passkeys'],
  ['inbox', 'member', '/inbox'],
  ['saved', 'member', '/saved'],
  ['drafts', 'member', '/drafts'],
  ['queue', 'moderator', '/moderation'],
  ['queue-held', 'moderator', '/moderation?tab=held'],
  ['shift', 'moderator', '/moderation/shift'],
  ['admin', 'admin', '/admin'],
  ['admin-sections', 'admin', '/admin/sections'],
  ['admin-members', 'admin', '/admin/members'],
  ['admin-moderators', 'admin', '/admin/moderators'],
  ['admin-feeds', 'admin', '/admin/feeds'],
  ['incoming', 'member', '/incoming'],
  ['gallery', 'member', '/dev/gallery'],
];

const PEOPLE: Readonly<Record<string, string>> = {
  member: 'kevin_h',
  moderator: 'marta_l',
  admin: 'astrid_w',
};

async function expectNoScrolling(page: Page): Promise<void> {
  const beyond = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
  expect(await page.evaluate(beyond), 'sideways').toBeLessThanOrEqual(0);
}

const contexts = new Map<string, BrowserContext>();

beforeAll(async () => {
  for (const who of ['visitor', ...Object.keys(PEOPLE)]) {
    const context = await openContext({ colorScheme: 'light' });
    contexts.set(who, context);
    const name = PEOPLE[who];
    if (name === undefined) continue;
    const { page } = await openPage(context);
    await signIn(page, name);
    await page.close();
  }
});
afterAll(async () => {
  for (const context of contexts.values()) await context.close();
});

async function goTo(page: Page, where: string): Promise<void> {
  if (!where.startsWith('"')) {
    const [address = '', ...selector] = where.split(' ');
    await page.goto(address);
    if (selector.length === 0) return;
    await page.locator(selector.join(' ')).first().click();
    await page.waitForURL((url) => url.pathname !== address);
    return;
  }
  const [, title = '', link = ''] = /^("[^"]*") ?(.*)$/.exec(where) ?? [];
  await page.goto(`/search?q=${encodeURIComponent(title)}&in=topics`);
  await page.locator('.items h2 a').first().click();
  await page.waitForURL(/\/t\//);
  if (link === '') return;
  await page.getByRole('link', { name: link }).first().click();
  await page.waitForURL(/\/t\/\d+\/(?:sources|suggest|changes)|\/p\/\d+\/report/);
}

test.each(PAGES)('%s', async (name, who, where) => {
  const { page, faults } = await openPage(contexts.get(who) as BrowserContext);
  try {
    await goTo(page, where);
    expect(await axeFaults(page)).toEqual([]);
    await keepScreenshot(page, `${name}-1280-light`);
    // The theme follows the system's while the page is open. Of the other one, what depends on it.
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await axeFaults(page, 'colours'), 'dark').toEqual([]);
    await keepScreenshot(page, `${name}-1280-dark`);
    await page.setViewportSize({ width: 390, height: 800 });
    await keepScreenshot(page, `${name}-390-dark`);
    await page.emulateMedia({ colorScheme: 'light' });
    await keepScreenshot(page, `${name}-390-light`);
    await expectNoScrolling(page);
    await page.setViewportSize({ width: 320, height: 800 });
    await expectNoScrolling(page);
    expect(await axeFaults(page), 'narrow').toEqual([]);
    expect(faults).toEqual([]);
  } finally {
    await page.close();
  }
});
