// Passkeys in Chromium, with a device of its own making: made, shown, refused by the device, and where there are none.
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { BrowserContext, BrowserContextOptions, CDPSession, Page } from 'playwright-core';
import { expect, test as base } from '../support/forum.ts';
import { axeFaults, keepScreenshot, openContext, openPage } from './chromium.ts';

const PASSWORD = 'a short sentence';

/** Chromium on a forum with a clock that can be moved, and a device beside it that keeps passkeys. */
class Desk {
  readonly page: Page;
  readonly faults: string[];
  readonly #context: BrowserContext;
  readonly #send: CDPSession['send'];
  #device = '';

  private constructor(context: BrowserContext, page: Page, faults: string[], send: CDPSession['send']) {
    this.#context = context;
    this.page = page;
    this.faults = faults;
    this.#send = send;
  }

  static async open({ server }: FastifyInstance, options: BrowserContextOptions = {}): Promise<Desk> {
    // A passkey is for a name; addresses in figures have none.
    const baseURL = `http://localhost:${(server.address() as AddressInfo).port}`;
    const context = await openContext({ baseURL, ...options });
    const { page, faults } = await openPage(context);
    const session = await context.newCDPSession(page);
    return new Desk(context, page, faults, session.send.bind(session));
  }

  async plugIn(): Promise<void> {
    await this.#send('WebAuthn.enable');
    const { authenticatorId } = await this.#send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    this.#device = authenticatorId;
  }

  /** Whether the device knows the finger on it. */
  async verify(isUserVerified: boolean): Promise<void> {
    await this.#send('WebAuthn.setUserVerified', { authenticatorId: this.#device, isUserVerified });
  }

  /** Whether somebody touches the device whenever it asks for it. */
  async touch(enabled: boolean): Promise<void> {
    const authenticatorId = this.#device;
    await this.#send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled });
  }

  async passkeys(): Promise<number> {
    const authenticatorId = this.#device;
    return (await this.#send('WebAuthn.getCredentials', { authenticatorId })).credentials.length;
  }

  async offline(is: boolean): Promise<void> {
    await this.#context.setOffline(is);
  }

  button(name: string) {
    return this.page.locator('main').getByRole('button', { name, exact: true });
  }

  field(name: string) {
    return this.page.locator(`main [name="${name}"]`);
  }

  /** What the page says beside the button. */
  said(): Promise<string | null> {
    return this.page.locator('[data-passkey] [role="alert"]').textContent();
  }

  /** Who is logged in, as the head of the page says. */
  async name(): Promise<string | undefined> {
    return (await this.page.locator('.mast-name').textContent())?.trim();
  }

  /** The button for the passkey on the page of logging in, with the offer in the field waiting behind it. */
  async logInByButton(path: string): Promise<void> {
    await this.touch(false);
    await this.page.goto(path);
    await this.pressUntouched();
  }

  /** Presses it and touches the device then: one that is touched only after it was asked goes on waiting. */
  async pressUntouched(meanwhile: () => Promise<void> = () => Promise.resolve()): Promise<void> {
    const touched = Promise.withResolvers<void>();
    await this.page.route('**/sign-in/passkey/options', async (route) => {
      await touched.promise;
      await route.continue();
    });
    await this.button('Log in with a passkey').click();
    await meanwhile();
    await this.touch(true);
    touched.resolve();
  }

  /** Waits for a page, whatever follows its path. As a pattern, the path would be found in what follows another's, too. */
  async arrive(path: string): Promise<void> {
    await this.page.waitForURL(({ pathname }) => pathname === path);
  }

  async logIn(name: string, next: string): Promise<void> {
    await this.page.goto(`/sign-in?next=${next}`);
    await this.field('name').fill(name);
    await this.field('password').fill(PASSWORD);
    await this.button('Log in').click();
    await this.arrive(next);
  }

  async logOut(): Promise<void> {
    await this.page.getByRole('button', { name: 'Log out' }).click();
    await this.page.locator('.mast').getByRole('link', { name: 'Log in' }).waitFor();
  }

  async fillIn(name: string): Promise<void> {
    await this.field('name').fill(name);
    await this.field('email').fill(`${name}@example.org`);
    await this.field('rules').check();
  }

  async close(): Promise<void> {
    await this.#context.close();
  }
}

const test = base.extend<{ desk: Desk }>({
  desk: async ({ app }, use) => {
    const desk = await Desk.open(app);
    await desk.plugIn();
    await use(desk);
    await desk.close();
    expect(desk.faults).toEqual([]);
  },
});

test('a newcomer signs up by passkey alone, logs out, and is logged in by it again', async ({ desk }) => {
  const { page } = desk;
  await page.goto('/sign-up?next=/rules');
  await desk.fillIn('diana_f');
  await desk.button('Create account with a passkey').click();
  await desk.arrive('/rules');
  expect([await desk.name(), await desk.passkeys()]).toEqual(['diana_f', 1]);
  await desk.logOut();

  await desk.logInByButton('/sign-in?next=/about');
  await desk.arrive('/about');
  expect(await desk.name()).toBe('diana_f');
  await page.goto('/settings/account');
  expect(await page.locator('#set-passkeys ~ ul').textContent()).toContain('last used');
  await keepScreenshot(page, 'account-with-passkey-1280');
});

test('where names are filled in, a passkey is offered and logs in without a button', async ({ desk }) => {
  const { page } = desk;
  await page.goto('/sign-up');
  await desk.fillIn('diana_f');
  await desk.button('Create account with a passkey').click();
  await desk.arrive('/');
  await desk.logOut();
  // The device answers for the person who would choose from the list.
  await page.goto('/sign-in?next=/about');
  await desk.arrive('/about');
  expect(await desk.name()).toBe('diana_f');
});

test('what is offered in the field ends when the button is pressed, so that one answer is sent', async ({
  desk,
}) => {
  const { page } = desk;
  await page.goto('/sign-up');
  await desk.fillIn('diana_f');
  await desk.button('Create account with a passkey').click();
  await desk.arrive('/');
  await desk.logOut();
  await desk.touch(false);
  await page.addInitScript(() => {
    const { credentials } = navigator;
    const get = credentials.get.bind(credentials);
    const signals: (AbortSignal | null | undefined)[] = [];
    credentials.get = (options) => {
      signals.push(options?.signal);
      return get(options);
    };
    Object.assign(window, { endedQuestions: () => signals.map((signal) => signal?.aborted) });
  });
  const ended = () => page.evaluate('endedQuestions()');
  await page.goto('/sign-in?next=/about');
  await expect.poll(ended).toEqual([false]);
  await desk.pressUntouched(async () => {
    expect(await ended()).toEqual([true]);
  });
  await desk.arrive('/about');
  expect(await desk.name()).toBe('diana_f');
});

test('a password account gets one, once from each device, and loses it again', async ({ desk, make }) => {
  const { page } = desk;
  await make.member({ name: 'diana_f', password: PASSWORD });
  await desk.logIn('diana_f', '/settings/account');
  await page.getByRole('link', { name: 'Add a passkey' }).click();
  await desk.field('label').fill('');
  await desk.button('Add a passkey').click();
  expect(await desk.passkeys()).toBe(0);
  await desk.field('label').fill('My laptop');
  await desk.button('Add a passkey').click();
  await page.getByText('The passkey has been added.').waitFor();
  expect(await page.locator('main h3').allTextContents()).toEqual(['My laptop']);
  expect(await axeFaults(page)).toEqual([]);
  await keepScreenshot(page, 'passkeys-1280');

  await desk.button('Add a passkey').click();
  await expect.poll(() => desk.said()).toBe('This device holds a passkey for your account already.');
  expect(await desk.passkeys()).toBe(1);
  expect(await axeFaults(page)).toEqual([]);

  await page.getByText('Rename or remove').click();
  await keepScreenshot(page, 'passkeys-open-1280');
  await page.setViewportSize({ width: 390, height: 800 });
  await keepScreenshot(page, 'passkeys-open-390');
  await page.locator('details [name=label]').fill('The grey one');
  await desk.button('Rename').click();
  await page.getByRole('heading', { name: 'The grey one' }).waitFor();
  await page.getByText('Rename or remove').click();
  await page.getByRole('button', { name: /^Remove/ }).click();
  await page.getByText('The passkey has been removed.').waitFor();
  await desk.logOut();
  // Else the device would answer what the next page offers in the field, too.
  await page.addInitScript('PublicKeyCredential.isConditionalMediationAvailable = async () => false');
  await page.goto('/sign-in');
  await desk.button('Log in with a passkey').click();
  await page.getByText('This passkey is not known here, or was removed.').waitFor();
  expect(await axeFaults(page)).toEqual([]);
  await keepScreenshot(page, 'sign-in-refused-390');
});

test('a passkey confirms that it is you, beside the password, and leads back', async ({
  desk,
  make,
  clock,
}) => {
  const { page } = desk;
  await make.member({ name: 'diana_f', password: PASSWORD });
  await desk.logIn('diana_f', '/settings/passkeys');
  await desk.button('Add a passkey').click();
  await page.getByText('The passkey has been added.').waitFor();

  clock.advance({ minutes: 16 });
  await page.goto('/settings/two-step');
  expect(page.url()).toContain('/confirm-identity?next=');
  expect(await desk.button('Confirm').isVisible()).toBe(true);
  expect(await axeFaults(page)).toEqual([]);
  await keepScreenshot(page, 'confirm-identity-1280');
  await desk.verify(false);
  await desk.button('Confirm with a passkey').click();
  await expect.poll(() => desk.said()).toContain('Nothing was done: it was cancelled');
  await desk.verify(true);
  await desk.button('Confirm with a passkey').click();
  await desk.arrive('/settings/two-step');
});

test('who has waited too long to add one is asked first, and comes back', async ({ desk, make, clock }) => {
  const { page } = desk;
  await make.member({ name: 'diana_f', password: PASSWORD });
  await desk.logIn('diana_f', '/settings/passkeys');
  clock.advance({ minutes: 16 });
  await desk.button('Add a passkey').click();
  await desk.arrive('/confirm-identity');
  await desk.field('password').fill(PASSWORD);
  await desk.button('Confirm').click();
  await desk.arrive('/settings/passkeys');
  await desk.button('Add a passkey').click();
  await page.getByText('The passkey has been added.').waitFor();
  expect(await desk.passkeys()).toBe(1);
});

test('what is wrong with the form is said before a passkey is made', async ({ desk }) => {
  const { page } = desk;
  await page.goto('/sign-up');
  await desk.button('Create account with a passkey').click();
  expect(await page.evaluate('document.activeElement.name')).toBe('name');
  await desk.fillIn('admin');
  await desk.field('password').fill('typed for nothing');
  const sent = page.waitForRequest((request) => request.url().endsWith('/sign-up/passkey'));
  await desk.button('Create account with a passkey').click();
  expect((await sent).postData()).not.toContain('password');
  expect(await page.locator('#name-e').textContent()).toContain('reserved');
  expect(await desk.field('email').inputValue()).toBe('admin@example.org');
  expect(await desk.field('rules').isChecked()).toBe(true);
  expect(await desk.passkeys()).toBe(0);
});

test('a device that cannot tell who holds it makes none and shows none, and the page says so', async ({
  desk,
}) => {
  const { page } = desk;
  await desk.verify(false);
  await page.goto('/sign-up');
  await desk.fillIn('diana_f');
  await desk.button('Create account with a passkey').click();
  await expect.poll(() => desk.said()).toContain('Nothing was done: it was cancelled');
  expect(await desk.field('name').inputValue()).toBe('diana_f');
  expect(await axeFaults(page)).toEqual([]);
  await keepScreenshot(page, 'passkey-cancelled-1280');

  // The person puts the right finger on it after all. The button still has the focus: the keyboard will do.
  await desk.verify(true);
  await page.keyboard.press('Enter');
  await desk.arrive('/');
  expect(await desk.name()).toBe('diana_f');
  await desk.logOut();
  await desk.verify(false);
  await page.goto('/sign-in');
  await desk.button('Log in with a passkey').click();
  await expect.poll(() => desk.said()).toContain('Nothing was done: it was cancelled');
  expect(new URL(page.url()).pathname).toBe('/sign-in');
  expect(await axeFaults(page)).toEqual([]);
});

test('without a connection the page says so, and nothing is lost', async ({ desk }) => {
  const { page } = desk;
  await page.goto('/sign-up');
  await desk.fillIn('diana_f');
  await desk.offline(true);
  await desk.button('Create account with a passkey').click();
  await expect.poll(() => desk.said()).toContain('there is no connection');
  await desk.offline(false);
  await desk.button('Create account with a passkey').click();
  await desk.arrive('/');
  expect(await desk.name()).toBe('diana_f');
});

base.for([
  ['without scripts', { javaScriptEnabled: false }],
  ['without WebAuthn', {}],
] as const)('%s a sentence stands in place of the buttons', async ([mode, options], { app }) => {
  const desk = await Desk.open(app, options);
  const { page } = desk;
  if (mode === 'without WebAuthn') await page.addInitScript('delete window.PublicKeyCredential');
  for (const path of ['/sign-in', '/sign-up']) {
    await page.goto(path);
    expect(await page.locator('[data-ceremony]').isVisible()).toBe(false);
    expect(await page.locator('[data-no-passkey]').isVisible()).toBe(true);
    await keepScreenshot(page, `no-passkeys${path.replace('/', '-')}-1280`);
  }
  await desk.close();
  expect(desk.faults).toEqual([]);
});
