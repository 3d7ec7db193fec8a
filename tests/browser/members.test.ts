// What members do with their accounts, in Chromium: once with scripts, once without. Each page on the way is looked over
// by axe.
import { Secret, TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { axeFaults, keepScreenshot, signIn } from './chromium.ts';
import { confirmAddress, emailOf, logIn, logOut, openMailedLink, PASSWORD, signUp } from './newcomers.ts';
import { people, WAYS } from './people.ts';

describe.each(WAYS)('%s', (mode, javaScriptEnabled) => {
  const another = people(javaScriptEnabled);
  let page: Page;

  beforeEach(async () => {
    page = await another();
  });

  /** axe needs scripts to look. */
  async function lookOver(name: string): Promise<void> {
    await keepScreenshot(page, `members-${name}-${javaScriptEnabled ? 'scripts' : 'bare'}`);
    if (javaScriptEnabled) expect(await axeFaults(page), name).toEqual([]);
  }

  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const says = (text: string | RegExp) => page.locator('main').getByText(text).first().waitFor();

  test('a lost password: the mail leads to a new one, and the old one is over', async () => {
    const name = await signUp(page);
    await logOut(page);
    await page.goto('/sign-in');
    await page.getByRole('link', { name: 'Forgotten password?' }).click();
    await page.locator('main [name=name]').fill(emailOf(name));
    await press('Send the link');
    await says('Look into your mailbox.');
    await lookOver('forgot');
    // The first mail asked for the confirmation of the address.
    await openMailedLink(page, emailOf(name), '/reset', 2);
    await lookOver('reset');
    await page.locator('main [name=password]').fill('another sentence altogether');
    await press('Change password');
    await says('Log in with the new one.');
    await logIn(page, name, PASSWORD);
    await says('That name and password do not match.');
    await logIn(page, name, 'another sentence altogether');
    await page.waitForURL((url) => url.pathname === '/');
  });

  test('two-step login: set up with an app, asked for when logging in, and a recovery code instead', async () => {
    const name = await signUp(page);
    await page.goto('/settings/account');
    await page.getByRole('link', { name: 'Set up two-step login' }).click();
    await press('Set up');
    await lookOver('two-step-key');
    const key = (await page.locator('code.key').innerText()).replace(/\s/g, '');
    const app = new TOTP({ secret: Secret.fromBase32(key) });
    await page.locator('main [name=code]').fill(app.generate());
    await press('Turn on');
    await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor();
    const recovery = await page.locator('.codes code').allInnerTexts();
    expect(recovery).toHaveLength(10);
    await lookOver('recovery-codes');

    await logOut(page);
    await page.goto('/sign-in?next=/rules');
    await logIn(page, name);
    await page.waitForURL(/\/sign-in\/code/);
    await lookOver('second-step');
    // The code that turned it on has been used.
    await page.locator('main [name=code]').fill(app.generate({ timestamp: Date.now() - 90_000 }));
    await press('Log in');
    await says('This code is not right, or has been used.');
    await lookOver('second-step-wrong');
    await page.getByText('No app at hand?').click();
    await page.locator('main [name=recovery]').fill(recovery[0]!.toUpperCase());
    await press('Log in with a recovery code');
    await page.waitForURL((url) => url.pathname === '/rules');
    await page.goto('/settings/two-step');
    await says('9 of 10 are left.');
    await page.getByText('No app at hand?').click();
    await page.locator('main [name=recovery]').fill(recovery[1]!);
    await press('Turn off with a recovery code');
    await says('Two-step login has been turned off.');
  });

  test('another name, and another address agreed to from both mailboxes', async () => {
    const name = await signUp(page);
    await confirmAddress(page, emailOf(name));
    const renamed = `${name}_2`;
    await page.goto('/settings/account');
    await page.getByLabel('New name').fill(renamed);
    await page.locator('[name=passwordForName]').fill(PASSWORD);
    await press('Change name');
    await says('Your name has been changed.');
    await page.goto(`/u/${name}`);
    expect(new URL(page.url()).pathname).toBe(`/u/${renamed}`);

    const next = `other_${emailOf(name)}`;
    await page.goto('/settings/account');
    await page.getByLabel('New e-mail address').fill(next);
    await page.locator('[name=passwordForEmail]').fill('not my password');
    await press('Change address');
    await says('This is not your current password.');
    expect(await page.getByLabel('New e-mail address').inputValue()).toBe(next);
    await lookOver('account-refused');
    await page.locator('[name=passwordForEmail]').fill(PASSWORD);
    await press('Change address');
    await says('Not changed yet:');
    await lookOver('account-pending');
    await openMailedLink(page, next, '/confirm/email');
    await lookOver('email-agree');
    await press('Yes, confirm it');
    await openMailedLink(page, emailOf(name), '/confirm/email', 2);
    await press('Yes, change it');
    await page.goto('/settings/account');
    await says(`reached at ${next}`);
  });

  test('a session somewhere else is seen and ended', async () => {
    const name = await signUp(page);
    const elsewhere = await another();
    await elsewhere.goto('/sign-in');
    await logIn(elsewhere, name);
    await elsewhere.waitForURL((url) => url.pathname === '/');
    await page.goto('/settings/sessions');
    expect(await page.locator('main .items li').count()).toBe(2);
    await lookOver('sessions');
    await page.getByRole('button', { name: /^End the session of/ }).click();
    await says('That device is logged out.');
    await elsewhere.goto('/settings');
    expect(new URL(elsewhere.url()).pathname).toBe('/sign-in');
  });

  test('an invitation brings somebody in, and stands in public', async () => {
    await signIn(page, 'kevin_h');
    await page.goto('/settings/invitations');
    await page.getByLabel('For whom').fill(`for ${mode}`);
    await press('Make an invitation');
    await lookOver('invitations');
    const link = new URL(await page.getByLabel('Link').first().inputValue());
    const guest = await another();
    await guest.goto(link.pathname + link.search);
    await guest.getByText('kevin_h invites you.').waitFor();
    const name = `guest_${process.pid}_${javaScriptEnabled ? 1 : 2}`;
    await guest.locator('main [name=name]').fill(name);
    await guest.locator('main [name=email]').fill(emailOf(name));
    await guest.locator('main [name=password]').fill(PASSWORD);
    await guest.locator('main [name=rules]').check();
    await guest.getByRole('button', { name: 'Create account' }).first().click();
    await guest.waitForURL((url) => url.pathname === '/');
    await page.goto('/invitations?of=kevin_h');
    await page.getByRole('link', { name }).waitFor();
    expect(await page.getByRole('link', { name }).getAttribute('href')).toBe(`/u/${name}`);
    await lookOver('invitation-tree');
  });

  test('how the forum looks is chosen, and stays', async () => {
    await signUp(page);
    await page.goto('/settings/appearance');
    await page.getByLabel('Dark', { exact: true }).check();
    await page.getByLabel('Compact: more on a screen').check();
    await press('Save');
    await lookOver('appearance');
    await page.goto('/');
    await lookOver('front-compact');
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
  });
});
