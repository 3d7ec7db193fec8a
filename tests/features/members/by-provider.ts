// A forum that offers logging in by two other sites, both on this machine, and people who go there and come back.
import type { FastifyInstance } from 'fastify';
import type { Config } from '../../../src/config.ts';
import { identities } from '../../../src/db/schema/index.ts';
import { Browser, Page } from '../../support/browser.ts';
import { test as base } from '../../support/forum.ts';
import { APP, Github } from '../../support/github.ts';
import type { MemberRow } from '../../support/make.ts';
import { CLIENT, OpenidProvider, Traveller } from '../../support/openid-provider.ts';

export { expect } from '../../support/forum.ts';

export const PASSWORD = 'the old sentence';
const SITE = 'http://localhost:3000';

/** Somebody with a browser, who has accounts elsewhere. */
export class Person extends Browser {
  /** What they have elsewhere; another one is another browser there. */
  traveller = new Traveller();

  /** Follows a link to another site, and presses a button there. @returns the path that it comes back to */
  async leaveBy(path: string, press: 'login' | 'cancel' = 'login'): Promise<string> {
    const { headers, status } = await this.get(path);
    const { location = '' } = headers as { location?: string };
    if (!location.startsWith('http://127.0.0.1')) throw new Error(`${path}: ${status} to "${location}"`);
    return (await this.traveller.go(location, press)).slice(SITE.length);
  }

  /** There and back. @returns the page that it ends on */
  async goBy(path: string, press: 'login' | 'cancel' = 'login'): Promise<Page> {
    return this.visit(await this.leaveBy(path, press));
  }

  async logIn(name: string): Promise<void> {
    const { status } = await this.post('/sign-in', { name, password: PASSWORD });
    if (status !== 303) throw new Error(`logging in was answered with ${status}`);
  }
}

interface Providers {
  readonly openid: OpenidProvider;
  readonly github: Github;
}

interface Fixtures {
  readonly openid: OpenidProvider;
  readonly github: Github;
  /** The forum that offers them. */
  readonly site: FastifyInstance;
  /** What it has logged, all of it. */
  readonly log: () => string;
  readonly someone: () => Person;
  /** A member with an account elsewhere, connected a day ago. */
  readonly connected: (facts: { readonly member: MemberRow; readonly subject?: string }) => Promise<void>;
}

const withProviders = base.extend<{ providers: Providers }>({
  providers: [
    async ({ forum }, use) => {
      void forum;
      const openid = await OpenidProvider.start([
        `${SITE}/sign-in/with/acme/done`,
        `${SITE}/sign-in/with/google/done`,
      ]);
      const github = await Github.start();
      await use({ openid, github });
      await openid.stop();
      await github.stop();
    },
    { scope: 'worker' },
  ],
});

export const test = withProviders.extend<Fixtures>({
  openid: async ({ providers }, use) => {
    providers.openid.reset();
    await use(providers.openid);
  },
  github: async ({ providers }, use) => {
    providers.github.reset();
    await use(providers.github);
  },
  site: async ({ app, forum, openid, github, log }, use) => {
    void app;
    const site = await forum.build({ config: { providers: providersAt(openid.issuer, github.web) } });
    await site.ready();
    await use(site);
    await site.close();
    const leaked = [...openid.secrets, ...github.secrets, CLIENT.secret, APP.secret].filter((secret) =>
      log().includes(secret),
    );
    if (leaked.length > 0) throw new Error(`The log holds codes or tokens: ${leaked.join(', ')}`);
  },
  log: async ({ forum }, use) => use(() => forum.lines.join('')),
  someone: async ({ site }, use) => use(() => new Person(site)),
  connected: async ({ db, clock, openid }, use) =>
    use(async ({ member, subject = 'diana' }) => {
      const yesterday = clock.ago({ days: 1 });
      await db.insert(identities).values({
        memberId: member.id,
        issuer: openid.issuer,
        subject,
        providerKey: 'acme',
        label: `${subject}@acme.example`,
        createdAt: yesterday,
        lastUsedAt: yesterday,
      });
    }),
});

export function providersAt(issuer: string, web: string): Config['providers'] {
  return [
    {
      protocol: 'github',
      key: 'github',
      name: 'GitHub',
      web,
      api: web,
      clientId: APP.id,
      clientSecret: APP.secret,
    },
    {
      protocol: 'openid',
      key: 'acme',
      name: 'Acme',
      issuer,
      clientId: CLIENT.id,
      clientSecret: CLIENT.secret,
      logsInAnew: true,
    },
  ];
}

/** The session cookie that an answer set: NAME=VALUE; undefined when it set none. */
export { cookieOf } from './factors.ts';
