// Requests as a signed-in browser would send them, as bytes, for tests that then break one thing.
import type { FastifyInstance } from 'fastify';
import { paths } from '../../src/web/paths.ts';
import type { Make, MemberRow } from '../support/make.ts';
import { ask, portOf, written } from './raw-socket.ts';

export const FORM_TYPE = 'application/x-www-form-urlencoded';
export const JSON_TYPE = 'application/json';

export type Fields = Readonly<Record<string, string>>;

const PASSWORD = 'correct horse battery';

export function get(path: string, cookie = ''): Buffer {
  return written('GET', path, [['Cookie', cookie]]);
}

export function post(path: string, body: string, cookie = '', type = FORM_TYPE): Buffer {
  const headers = [
    ['Content-Type', type],
    ['Sec-Fetch-Site', 'same-origin'],
    ['Cookie', cookie],
  ] as const;
  return written('POST', path, headers, body);
}

/** A form as browsers write it. */
export function encoded(fields: Fields): string {
  return new URLSearchParams(fields).toString();
}

/** A form without percent-encoding: three times as much fits, and servers take it as it is. */
export function bare(fields: Fields): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** The cookie of a new member who has logged in. */
export async function signedIn(
  app: FastifyInstance,
  make: Make,
  facts: Partial<MemberRow> = {},
): Promise<string> {
  const member = await make.member({ ...facts, password: PASSWORD });
  const form = encoded({ name: member.name, password: PASSWORD });
  const answer = await ask(portOf(app), post(paths.signIn(), form));
  const cookie = /^[^;]+/.exec(answer?.header('set-cookie') ?? '')?.[0];
  if (cookie === undefined) throw new Error(`signing in was answered with ${answer?.status}`);
  return cookie;
}
