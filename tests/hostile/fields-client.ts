// A person at the front door: real HTTP over kept connections, forms sent as browsers send them, nothing followed.
import { Agent, request, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { FastifyInstance } from 'fastify';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** What was asked for, for the sentences of a failed test. */
  readonly asked: string;
}

export type Fields = Readonly<Record<string, string>>;

const agent = new Agent({ keepAlive: true });

export class Person {
  readonly #port: number;
  #cookie: string | undefined;

  constructor(app: FastifyInstance) {
    this.#port = (app.server.address() as AddressInfo).port;
  }

  async signIn(name: string, password: string): Promise<void> {
    const { headers } = await this.post('/sign-in', { name, password });
    this.#cookie = headers['set-cookie']?.[0]?.split(';', 1)[0];
    if (this.#cookie === undefined) throw new Error(`${name} could not log in`);
  }

  /** As a browser keeps it: NAME=VALUE; '' for visitors. */
  get cookie(): string {
    return this.#cookie ?? '';
  }

  get(path: string, headers: Fields = {}): Promise<Answer> {
    return this.#ask('GET', path, headers);
  }

  post(path: string, fields: Fields, headers: Fields = {}): Promise<Answer> {
    const body = new URLSearchParams(fields).toString();
    const type = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' };
    return this.#ask('POST', path, { ...type, ...headers }, body);
  }

  async #ask(method: string, path: string, headers: Fields, body?: string): Promise<Answer> {
    const cookie = this.#cookie === undefined ? {} : { cookie: this.#cookie };
    const asked = request({
      agent,
      host: '127.0.0.1',
      port: this.#port,
      method,
      path,
      headers: { accept: 'text/html,application/xhtml+xml', ...cookie, ...headers },
    });
    asked.end(body);
    return new Promise((resolve, reject) => {
      asked.once('error', reject).once('response', (response) => {
        const { statusCode: status = 0, headers: answered } = response;
        text(response).then(
          (answer) => resolve({ status, headers: answered, text: answer, asked: `${method} ${path}` }),
          reject,
        );
      });
    });
  }
}
