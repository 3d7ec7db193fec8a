// A browser without JavaScript: it visits, follows and presses, keeps cookies, and sends the headers browsers send.
import type { FastifyInstance } from 'fastify';
import supertest from 'supertest';
import { noteCookies, noteSecretFields, noteSecretsOfAddress } from './logged-secrets.ts';
import { findByName, nameOf, parsePage, requestOf, textInArea, textOfNode } from './page.ts';

type Response = supertest.Response;

export class Page {
  readonly browser: Browser;
  readonly status: number;
  /** Path and query. */
  readonly url: string;
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
  #document: ReturnType<typeof parsePage> | undefined;

  constructor(browser: Browser, url: string, response: Response) {
    this.browser = browser;
    this.url = url;
    this.status = response.status;
    this.html = response.text;
    this.headers = response.headers;
  }

  /** Made when it is asked for: many tests want to know where they are, or look for a word. */
  get document(): ReturnType<typeof parsePage> {
    return (this.#document ??= parsePage(this.html));
  }

  /** Visible text, a line for each block. */
  get text(): string {
    return textOfNode(this.document.body);
  }

  /** The main part alone, without masthead and footer. */
  get main(): string {
    return textOfNode(this.document.querySelector('main'));
  }

  async follow(name: string): Promise<Page> {
    const link = findByName(this.document.querySelectorAll('a[href]'), name);
    if (!link) throw new Error(`${this.url} has no link "${name}"`);
    return this.browser.visit(
      new URL(link.getAttribute('href') ?? '', `http://x${this.url}`).href.slice('http://x'.length),
      this.url,
    );
  }

  /** Presses the first enabled button of that name, within `scope` (a CSS selector) when given. */
  async press(
    name: string,
    fill: Readonly<Record<string, string | boolean>> = {},
    scope = 'body',
  ): Promise<Page> {
    const scoped = this.document.querySelector(scope);
    const button =
      scoped &&
      findByName(scoped.querySelectorAll('button:not([disabled]), input[type=submit]:not([disabled])'), name);
    if (!button) {
      const there = [...this.document.querySelectorAll('button')].map(nameOf).join(' | ');
      throw new Error(`${this.url} has no button "${name}" in ${scope}. There are: ${there}`);
    }
    const { method, path, body } = requestOf(this.document, button, fill, this.url);
    if (method === 'GET')
      return this.browser.visit(
        `${path.split('?')[0]}?${new URLSearchParams(body.map(([n, v]) => [n, v])).toString()}`,
        this.url,
      );
    return this.browser.submit(path, body, this.url);
  }

  field(name: string): { readonly value: string } {
    const control = this.document.querySelector(`body [name="${name}"]`);
    if (!control) throw new Error(`${this.url} has no field "${name}"`);
    return {
      value: control.tagName === 'TEXTAREA' ? textInArea(control) : (control.getAttribute('value') ?? ''),
    };
  }

  /** The error text tied to a field; '' when there is none. */
  error(name: string): string {
    const control = this.document.querySelector(`[name="${name}"][aria-invalid="true"]`);
    const ids = control?.getAttribute('aria-describedby')?.split(/\s+/) ?? [];
    return ids
      .map((id) => this.document.getElementById(id))
      .filter((element) => element?.classList.contains('error'))
      .map((element) => textOfNode(element))
      .join(' ');
  }
}

export class Browser {
  readonly #agent: ReturnType<typeof supertest.agent>;

  constructor(app: FastifyInstance, cookie?: string) {
    this.#agent = supertest.agent(app.server);
    if (cookie) this.#agent.jar.setCookie(cookie, '127.0.0.1', '/');
  }

  /** GETs a path, following redirects. */
  async visit(path: string, from?: string): Promise<Page> {
    for (let hops = 0, current = path; hops < 10; hops += 1) {
      const response = await this.get(
        current,
        from ? { 'sec-fetch-site': 'same-origin' } : { 'sec-fetch-site': 'none' },
      );
      const location = redirectOf(response, current);
      if (location === undefined) return new Page(this, current, response);
      current = location;
    }
    throw new Error(`${path} redirects for ever`);
  }

  /** POSTs a form and follows the answer. */
  async submit(path: string, body: readonly (readonly [string, string])[], from: string): Promise<Page> {
    const response = await this.post(path, body, { referer: `http://127.0.0.1${from}` });
    const location = redirectOf(response, path);
    return location === undefined ? new Page(this, path, response) : this.visit(location, path);
  }

  /** A raw GET; redirects are not followed. */
  async get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    return noted(await this.#ask(path, headers));
  }

  /** A raw GET of a file: `body` holds its bytes. */
  download(path: string): Promise<Response> {
    return this.#ask(path).buffer(true).parse(readBytes);
  }

  #ask(path: string, headers: Readonly<Record<string, string>> = {}): supertest.Test {
    noteSecretsOfAddress(path);
    return this.#agent
      .get(path)
      .redirects(0)
      .ok(() => true)
      .set({ accept: 'text/html,application/xhtml+xml', ...headers });
  }

  /** A raw POST of a form with a browser's headers; redirects are not followed. */
  post(
    path: string,
    body: Readonly<Record<string, string>> | readonly (readonly [string, string])[] = {},
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Response> {
    const pairs = Array.isArray(body)
      ? (body as [string, string][])
      : Object.entries(body as Record<string, string>);
    noteSecretsOfAddress(path);
    noteSecretFields(pairs);
    return this.#agent
      .post(path)
      .redirects(0)
      .ok(() => true)
      .set({
        accept: 'text/html,application/xhtml+xml',
        'sec-fetch-site': 'same-origin',
        'content-type': 'application/x-www-form-urlencoded',
        ...headers,
      })
      .send(new URLSearchParams(pairs).toString())
      .then(noted);
  }
}

function noted(response: Response): Response {
  noteCookies(response.headers);
  return response;
}

/** supertest takes for text whatever it does not know. */
function readBytes(response: Response, done: (error: Error | null, body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  response.on('data', (chunk: string) => chunks.push(Buffer.from(chunk, 'binary')));
  response.on('end', () => done(null, Buffer.concat(chunks)));
}

function redirectOf(response: Response, from: string): string | undefined {
  const { location } = response.headers as { location?: string };
  if (response.status < 300 || response.status >= 400 || !location) return undefined;
  const url = new URL(location, `http://x${from}`);
  return url.pathname + url.search + url.hash;
}
