// GitHub as far as logging in by it goes, on this machine: its page to authorize, its tokens, and two addresses of its API.
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export const APP = { id: 'Ov23the-forum', secret: 'a secret of this forum at GitHub' };

interface Grant {
  readonly challenge: string;
  readonly callback: string;
}

export class Github {
  readonly #server: Server;
  readonly #grants = new Map<string, Grant>();
  readonly #tokens = new Set<string>();
  /** Who is logged in there; what /user and /user/emails answer. */
  user: unknown;
  emails: unknown;
  /** Whether whoever is asked there declines. */
  declines = false;
  /** What it calls itself to those who come back; undefined: nothing, as it did until 2026. */
  iss: string | undefined;
  /** Given: what it answers at one address instead. */
  intercept: { readonly path: string; readonly status: number; readonly body: string } | undefined;
  readonly secrets: string[] = [];
  /** With what people were sent there. */
  readonly departures: URLSearchParams[] = [];

  private constructor(server: Server) {
    this.#server = server;
    this.reset();
  }

  static async start(): Promise<Github> {
    const server = createServer();
    const site = new Github(server);
    server.on('request', (request, response) => void site.#answer(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    site.reset();
    return site;
  }

  get web(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo | null)?.port ?? 0}`;
  }

  reset(): void {
    this.user = { id: 583_231, login: 'octocat', name: 'The Octocat' };
    this.emails = [
      { email: 'other@example.org', primary: false, verified: true },
      { email: 'octocat@example.org', primary: true, verified: true },
    ];
    this.declines = false;
    this.iss = `${this.web}/login/oauth`;
    this.intercept = undefined;
    this.secrets.length = 0;
    this.departures.length = 0;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '', this.web);
    const json = (body: unknown, status = 200) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (pathname === this.intercept?.path) {
      const { status, body } = this.intercept;
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    } else if (pathname === '/login/oauth/authorize') {
      response.writeHead(302, { location: this.#authorize(searchParams) }).end();
    } else if (pathname === '/login/oauth/access_token') {
      json(this.#token(new URLSearchParams(await text(request))));
    } else if (!this.#tokens.has(request.headers.authorization?.replace(/^Bearer /i, '') ?? '')) {
      json({ message: 'Bad credentials' }, 401);
    } else if (pathname === '/user') json(this.user);
    else if (pathname === '/user/emails') json(this.emails);
    else json({ message: 'Not Found' }, 404);
  }

  #authorize(asked: URLSearchParams): string {
    this.departures.push(asked);
    const callback = asked.get('redirect_uri') ?? '';
    const back = new URL(callback);
    back.searchParams.set('state', asked.get('state') ?? '');
    if (this.iss !== undefined) back.searchParams.set('iss', this.iss);
    if (this.declines) back.searchParams.set('error', 'access_denied');
    else {
      const code = randomBytes(10).toString('hex');
      this.secrets.push(code);
      this.#grants.set(code, { challenge: asked.get('code_challenge') ?? '', callback });
      back.searchParams.set('code', code);
    }
    return back.href;
  }

  /** As GitHub does it: faults come with status 200. */
  #token(sent: URLSearchParams): unknown {
    const code = sent.get('code') ?? '';
    const grant = this.#grants.get(code);
    this.#grants.delete(code);
    const challenge = createHash('sha256')
      .update(sent.get('code_verifier') ?? '')
      .digest('base64url');
    if (sent.get('client_id') !== APP.id || sent.get('client_secret') !== APP.secret)
      return { error: 'incorrect_client_credentials' };
    if (grant?.challenge !== challenge || grant.callback !== sent.get('redirect_uri'))
      return { error: 'bad_verification_code' };
    const token = `gho_${randomBytes(16).toString('hex')}`;
    this.secrets.push(token);
    this.#tokens.add(token);
    return { access_token: token, token_type: 'bearer', scope: 'user:email' };
  }
}
