// Chromium with a device beside it that keeps passkeys, and what somebody does with both.
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { BrowserContext, BrowserContextOptions, CDPSession, Page } from 'playwright-core';
import { openContext, openPage } from './chromium.ts';

export const PASSWORD = 'a short sentence';

/** Chromium on a forum with a clock that can be moved, and a device beside it that keeps passkeys. */
export class Desk {
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
    const release = await this.holdQuestions();
    await this.button('Log in with a passkey').click();
    await this.touch(true);
    release();
  }

  /**
   * Keeps back what the device is to be asked when somebody logs in: one that is touched only after it was asked goes on
   * waiting. @returns what lets it go
   */
  async holdQuestions(): Promise<() => void> {
    const held = Promise.withResolvers<void>();
    await this.page.route('**/sign-in/passkey/options', async (route) => {
      await held.promise;
      await route.continue();
    });
    return held.resolve;
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

  async becomeMember(name: string): Promise<void> {
    await this.page.goto('/sign-up');
    await this.fillIn(name);
    await this.button('Create account with a passkey').click();
    await this.arrive('/');
  }

  async close(): Promise<void> {
    await this.#context.close();
  }
}
