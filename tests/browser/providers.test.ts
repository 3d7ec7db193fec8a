// Logging in by way of other sites, in Chromium: there and back across real redirects, with scripts and without, and the
// pages of it in both themes.
import type { FastifyInstance } from 'fastify';
import type { BrowserContext, Page } from 'playwright-core';
import { describe } from 'vitest';
import { identities } from '../../src/db/schema/index.ts';
import { providersAt } from '../features/members/by-provider.ts';
import { freePort } from '../processes/forum-process.ts';
import { expect, type Forum, test as base } from '../support/forum.ts';
import { Github } from '../support/github.ts';
import { OpenidProvider } from '../support/openid-provider.ts';
import { axeFaults, keepScreenshot, openContext, openPage } from './chromium.ts';

const PASSWORD = 'the old sentence';

interface Providers {
  readonly app: FastifyInstance;
  readonly openid: OpenidProvider;
  readonly github: Github;
}

/** A forum at an address of its own, which the other sites send people back to. */
async function openProviders(
  forum: Forum,
): Promise<Providers & { readonly url: string; close(): Promise<void> }> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const openid = await OpenidProvider.start([`${url}/sign-in/with/acme/done`]);
  const github = await Github.start();
  const providers = providersAt(openid.issuer, github.web);
  const app = await forum.build({ config: { siteUrl: url, providers } });
  await app.listen({ port, host: '127.0.0.1' });
  const close = async (): Promise<void> => {
    await app.close();
    await openid.stop();
    await github.stop();
  };
  return { app, openid, github, url, close };
}

const test = base.extend<{ providers: Providers & { readonly url: string } }>({
  providers: async ({ app, forum }, use) => {
    void app;
    const providers = await openProviders(forum);
    await use(providers);
    await providers.close();
  },
});

const LOOKS = [
  ['with scripts, light', { javaScriptEnabled: true, colorScheme: 'light' }],
  ['with scripts, dark', { javaScriptEnabled: true, colorScheme: 'dark' }],
  ['without scripts', { javaScriptEnabled: false, colorScheme: 'light' }],
] as const;

describe.each(LOOKS)('%s', (_look, options) => {
  async function inChromium(url: string, go: (page: Page) => Promise<void>): Promise<void> {
    const context: BrowserContext = await openContext({ ...options, baseURL: url });
    try {
      const { page, faults } = await openPage(context);
      await go(page);
      expect(faults).toEqual([]);
    } finally {
      await context.close();
    }
  }

  /** Nothing for axe to find, and nothing that scrolls sideways; axe needs scripts. */
  async function judge(page: Page, name: string): Promise<void> {
    if (!options.javaScriptEnabled) return;
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await keepScreenshot(page, `${name}-${width}-${options.colorScheme}`);
      const sideways = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
      expect(await page.evaluate(sideways), `sideways at ${width}`).toBeLessThanOrEqual(0);
    }
    expect(await axeFaults(page)).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 900 });
  }

  const heading = (page: Page): Promise<string> => page.locator('h1').innerText();
  const link = (page: Page, name: string) => page.locator('main').getByRole('link', { name, exact: true });
  const button = (page: Page, name: string) =>
    page.locator('main').getByRole('button', { name, exact: true });

  async function logOut(page: Page, url: string): Promise<void> {
    await page.context().clearCookies({ domain: new URL(url).hostname });
  }

  test('a newcomer signs up by Acme, and logs in by it from then on', async ({
    providers: { url, openid },
  }) => {
    openid.accounts.set('diana', {
      email: 'diana@acme.example',
      email_verified: true,
      preferred_username: 'diana_f',
    });
    await inChromium(url, async (page) => {
      await page.goto('/sign-up?next=%2Fsettings%2Faccount');
      await judge(page, 'provider-sign-up');
      await link(page, 'Continue with Acme').click();
      await page.getByRole('button', { name: 'Log in here' }).click();
      expect(await heading(page)).toBe('Finish signing up');
      await judge(page, 'provider-finish');
      expect(await page.locator('main [name=name]').inputValue()).toBe('diana_f');
      await page.locator('main input[type=checkbox]').check();
      await button(page, 'Create account').click();
      await page.waitForURL('**/settings/account');
      expect(await page.locator('main').innerText()).toContain('diana@acme.example');

      await logOut(page, url);
      await page.goto('/sign-in?next=%2Fsettings%2Faccount');
      await link(page, 'Continue with Acme').click();
      await page.waitForURL('**/settings/account');
    });
  });

  test('a member comes by GitHub, logs in by the password once, connects it, and takes it back', async ({
    app,
    make,
    providers: { url },
  }) => {
    await make.member({ name: 'octo', email: 'octocat@example.org', password: PASSWORD });
    await inChromium(url, async (page) => {
      await page.goto('/sign-in?next=%2Fsettings%2Faccount');
      await judge(page, 'provider-sign-in');
      await link(page, 'Continue with GitHub').click();
      expect(await heading(page)).toBe('You have an account here');
      await judge(page, 'provider-has-account');
      await link(page, 'Log in').click();
      await page.locator('main [name=name]').fill('octo');
      await page.locator('main [name=password]').fill(PASSWORD);
      await button(page, 'Log in').click();
      expect(await heading(page)).toBe('Connect GitHub');
      expect(await app.db.select().from(identities)).toEqual([]);
      await judge(page, 'provider-connect');
      await button(page, 'Connect GitHub to octo').click();
      await page.waitForURL('**/settings/account');
      await judge(page, 'provider-account');

      await logOut(page, url);
      await page.goto('/sign-in?next=%2Fsettings%2Faccount');
      await link(page, 'Continue with GitHub').click();
      await page.waitForURL('**/settings/account');
      await button(page, 'Disconnect GitHub: octocat').click();
      await page.getByText('It is disconnected').waitFor();
      expect(await app.db.select().from(identities)).toEqual([]);
    });
  });

  test('a member confirms by Acme, logging in there anew, and connects another site after it', async ({
    clock,
    make,
    providers: { url, openid },
  }) => {
    await make.member({ name: 'diana_f', password: PASSWORD });
    openid.accounts.set('diana', { email: 'diana@acme.example', email_verified: true });
    await inChromium(url, async (page) => {
      await page.goto('/sign-in?next=%2Fsettings%2Faccount');
      await page.locator('main [name=name]').fill('diana_f');
      await page.locator('main [name=password]').fill(PASSWORD);
      await button(page, 'Log in').click();
      await link(page, 'Connect Acme').click();
      await page.getByRole('button', { name: 'Cancel' }).click();
      await page.getByText('Acme says that you stopped there.').waitFor();
      await judge(page, 'provider-stopped');
      await link(page, 'Connect Acme').click();
      await page.getByRole('button', { name: 'Log in here' }).click();
      await button(page, 'Connect Acme to diana_f').click();
      await page.getByText('It is connected').waitFor();

      clock.advance({ minutes: 16 });
      await link(page, 'Connect GitHub').click();
      expect(await heading(page)).toBe('Confirm it is you');
      await judge(page, 'provider-proof');
      await link(page, 'Confirm with Acme').click();
      await page.getByRole('button', { name: 'Log in here' }).click();
      await page.waitForURL('**/settings/account');
      await link(page, 'Connect GitHub').click();
      await button(page, 'Connect GitHub to diana_f').click();
      await page.getByRole('heading', { name: 'GitHub: octocat' }).waitFor();

      // A form that is followed by a redirect to another site would be stopped by the browser.
      clock.advance({ minutes: 16 });
      await link(page, 'Connect another GitHub account').click();
      await page.locator('main [name=password]').fill(PASSWORD);
      await button(page, 'Confirm').first().click();
      await page.waitForURL('**/settings/account');
      await link(page, 'Connect another GitHub account').click();
      expect(await heading(page)).toBe('Connect GitHub');
    });
  });
});
