// Another site that says who somebody is: a real OpenID provider on this machine, with a tiny page to log in on, accounts
// that a test makes up, and tokens that it may forge.
import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Adapter, type AdapterPayload, Provider } from 'oidc-provider';

export type Claims = Readonly<Record<string, unknown>>;

export const CLIENT = { id: 'the-forum', secret: 'a secret of this forum at the provider' };

export class OpenidProvider {
  readonly #server: Server;
  readonly #key: KeyObject;
  /** What it says of an account, by its subject. */
  readonly accounts = new Map<string, Claims>();
  /** Who logs in there when somebody presses the button. */
  person = 'diana';
  /** Changes the claims of ID tokens; they are signed by the provider all the same. */
  forge: ((claims: Claims) => Claims) | undefined;
  /** Changes what is signed after it was. */
  breakSignature = false;
  /** Given: how it answers instead. */
  answer: ((request: IncomingMessage, response: ServerResponse) => void) | undefined;
  /** Given: it answers nothing before. */
  hold: Promise<void> | undefined;
  /** Paths it was asked for, each time. */
  readonly asked: string[] = [];
  /** Codes and tokens that it gave away. */
  readonly secrets: string[] = [];

  private constructor(server: Server, key: KeyObject) {
    this.#server = server;
    this.#key = key;
  }

  static async start(callbacks: readonly string[]): Promise<OpenidProvider> {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
    const server = createServer();
    const site = new OpenidProvider(server, privateKey);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const answer = site.#provider(callbacks);
    server.on('request', (request, response) => {
      site.asked.push(request.url?.split('?', 1)[0] ?? '');
      void (site.hold ?? Promise.resolve()).then(() => {
        if (site.answer) site.answer(request, response);
        else answer(request, response);
      });
    });
    return site;
  }

  get issuer(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  reset(): void {
    this.accounts.clear();
    this.person = 'diana';
    this.forge = undefined;
    this.breakSignature = false;
    this.answer = undefined;
    this.hold = undefined;
    this.asked.length = 0;
    this.secrets.length = 0;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #provider(callbacks: readonly string[]): (request: IncomingMessage, response: ServerResponse) => void {
    const provider: Provider = new Provider(this.issuer, {
      adapter: storage(),
      clients: [{ client_id: CLIENT.id, client_secret: CLIENT.secret, redirect_uris: [...callbacks] }],
      jwks: { keys: [{ ...this.#key.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'RS256' }] },
      cookies: { keys: ['a key of the cookies there'] },
      claims: { email: ['email', 'email_verified'], profile: ['name', 'nickname', 'preferred_username'] },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
      pkce: { required: () => true },
      ttl: {
        AccessToken: 600,
        AuthorizationCode: 60,
        Grant: 600,
        IdToken: 600,
        Interaction: 600,
        Session: 600,
      },
      findAccount: (_ctx, sub) => ({
        accountId: sub,
        claims: () => ({ sub, ...this.accounts.get(sub) }),
      }),
      // Whoever logs in has agreed to everything.
      async loadExistingGrant(ctx) {
        const { client, session } = ctx.oidc;
        const grant = new provider.Grant({
          clientId: client?.clientId ?? '',
          accountId: session?.accountId ?? '',
        });
        grant.addOIDCScope('openid email profile');
        await grant.save();
        return grant;
      },
    });
    provider.on('authorization_code.saved', ({ jti }) => this.secrets.push(jti));
    provider.on('access_token.saved', ({ jti }) => this.secrets.push(jti));
    provider.use(async (ctx, next) => {
      const [, uid, press] = /^\/interaction\/([\w-]+)(?:\/(login|cancel))?$/.exec(ctx.path) ?? [];
      if (press !== undefined) {
        ctx.respond = false;
        const denied = { error: 'access_denied', error_description: 'They pressed cancel' };
        const result = press === 'login' ? { login: { accountId: this.person } } : denied;
        await provider.interactionFinished(ctx.req, ctx.res, result);
      } else if (uid !== undefined) ctx.body = loginPage(uid);
      else await next();
      const { body } = ctx as { body: unknown };
      if (ctx.path === '/token' && hasIdToken(body))
        ctx.body = { ...body, id_token: this.#changed(body.id_token) };
    });
    const callback = provider.callback();
    return (request, response) => void callback(request, response);
  }

  #changed(token: string): string {
    const [head = '', claims = '', signature = ''] = token.split('.');
    const read = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Claims;
    const changed = Buffer.from(JSON.stringify(this.forge?.(read) ?? read)).toString('base64url');
    if (this.breakSignature) return `${head}.${changed}.${signature.split('').reverse().join('')}`;
    const signed = createSign('RSA-SHA256').update(`${head}.${changed}`).sign(this.#key, 'base64url');
    return `${head}.${changed}.${signed}`;
  }
}

function hasIdToken(body: unknown): body is { readonly id_token: string } {
  return typeof body === 'object' && body !== null && 'id_token' in body;
}

function loginPage(uid: string): string {
  const button = (press: string, text: string) =>
    `<form method="post" action="/interaction/${uid}/${press}"><button>${text}</button></form>`;
  return `<!DOCTYPE html><title>Log in</title><h1>The other site</h1>${button('login', 'Log in here')}${button('cancel', 'Cancel')}`;
}

/** What it keeps, for as long as it runs. */
function storage(): new (name: string) => Adapter {
  const kept = new Map<string, AdapterPayload>();
  return class implements Adapter {
    readonly #name: string;
    constructor(name: string) {
      this.#name = name;
    }
    async upsert(id: string, payload: AdapterPayload): Promise<undefined> {
      kept.set(`${this.#name} ${id}`, payload);
      return undefined;
    }
    async find(id: string): Promise<AdapterPayload | undefined> {
      return kept.get(`${this.#name} ${id}`);
    }
    async findByUid(uid: string): Promise<AdapterPayload | undefined> {
      return [...kept.values()].find((each) => each.uid === uid);
    }
    async findByUserCode(): Promise<undefined> {
      return undefined;
    }
    async consume(id: string): Promise<undefined> {
      const payload = kept.get(`${this.#name} ${id}`);
      if (payload) payload.consumed = 1;
      return undefined;
    }
    async destroy(id: string): Promise<undefined> {
      kept.delete(`${this.#name} ${id}`);
      return undefined;
    }
    async revokeByGrantId(grantId: string): Promise<undefined> {
      for (const [key, payload] of kept) if (payload.grantId === grantId) kept.delete(key);
      return undefined;
    }
  };
}

/** A browser at other sites: it has their cookies, and follows them until they send it away. */
export class Traveller {
  readonly #cookies = new Map<string, string>();

  /**
   * Goes where the forum sends it, and presses a button if the site asks.
   * @returns the address that the site sends it back to
   */
  async go(href: string, press: 'login' | 'cancel' = 'login'): Promise<string> {
    const { origin } = new URL(href);
    let address = href;
    for (let hops = 0; hops < 10; hops += 1) {
      let response = await this.#ask(address, 'GET');
      if (response.status === 200) response = await this.#ask(`${address}/${press}`, 'POST');
      const location = response.headers.get('location');
      if (location === null)
        throw new Error(`${address} answered ${response.status}: ${await response.text()}`);
      address = new URL(location, address).href;
      if (new URL(address).origin !== origin) return address;
    }
    throw new Error(`${href} redirects for ever`);
  }

  async #ask(address: string, method: string): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(address, { method, redirect: 'manual', headers: { cookie } });
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (value === '') this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    return response;
  }
}
