// People who join in the tests, and the mails they get.
import type { Page } from 'playwright-core';
import { expect, vi } from 'vitest';

export const PASSWORD = 'a sentence is good';

let serial = 0;

/** Joins by password, and is logged in. @returns the name; the address is that name at example.org */
export async function signUp(page: Page): Promise<string> {
  serial += 1;
  const name = `new_${process.pid}_${serial}`;
  await page.goto('/sign-up');
  await page.locator('main [name=name]').fill(name);
  await page.locator('main [name=email]').fill(emailOf(name));
  await page.locator('main [name=password]').fill(PASSWORD);
  await page.locator('main [name=rules]').check();
  await page.getByRole('button', { name: 'Create account' }).first().click();
  await page.waitForURL((url) => url.pathname === '/');
  return name;
}

export function emailOf(name: string): string {
  return `${name}@example.org`;
}

/** Logs in by password, on the page that is open. */
export async function logIn(page: Page, name: string, password = PASSWORD): Promise<void> {
  await page.locator('main [name=name]').fill(name);
  await page.locator('main [name=password]').fill(password);
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
}

export async function logOut(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: 'Log out' }).click();
  await page.getByRole('link', { name: 'Log in' }).first().waitFor();
}

/** Opens the link to `path` in the newest mail to an address, once there are so many of them. */
export async function openMailedLink(page: Page, address: string, path: string, mails = 1): Promise<void> {
  const list = page.locator('main li', { hasText: `to ${address}` }).getByRole('link');
  await vi.waitFor(
    async () => {
      await page.goto('/dev/mail');
      expect(await list.count()).toBeGreaterThanOrEqual(mails);
    },
    { timeout: 30_000, interval: 200 },
  );
  await list.first().click();
  const link = await page.locator(`main a[href*="${path}?key="]`).first().getAttribute('href');
  const { pathname, search } = new URL(link ?? '');
  await page.goto(pathname + search);
}

/** As the mail asks for it: its link, and the one button behind it. */
export async function confirmAddress(page: Page, address: string): Promise<void> {
  await openMailedLink(page, address, '/confirm');
  await page.getByRole('button', { name: 'Yes, confirm it' }).click();
  await page.getByRole('heading', { name: 'Your address is confirmed' }).waitFor();
}
