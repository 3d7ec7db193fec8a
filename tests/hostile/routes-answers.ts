// What every answer owes to whoever asked, whatever was asked: the faults of one, in words.
import type { Answer } from './raw-socket.ts';
import { MARKUP } from './request-values.ts';

const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; manifest-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/** Traces of what must stay inside: stacks, paths of files, statements, the database's words, objects put into text. */
const INSIDE =
  /\n\s+at .+:\d+:\d+|node_modules|\/src\/\w+\/|file:\/\/|\bselect "|\binsert into "|SQLSTATE|invalid input syntax|\[object \w+\]|FST_ERR|ERR_[A-Z]{3}/;
const COOKIE =
  /^(?:session|browser|theme)=[\w%.~+/=-]*; (?:Max-Age=\d+; )?Path=\/;(?: Expires=[\w:, ]+;)?(?: HttpOnly;)? SameSite=Lax$/;

/** @param path the address asked for, to resolve a Location against. */
export function faultsOf(answer: Answer, path: string): string[] {
  // A request without Host and an unknown expectation are refused by Node itself, with nothing in the answer.
  if ([400, 417].includes(answer.status) && answer.body === '') return [];
  return [
    ...statusFaults(answer),
    ...headerFaults(answer),
    ...locationFaults(answer, path),
    ...bodyFaults(answer),
  ];
}

function statusFaults({ status, header }: Answer): string[] {
  if (status >= 200 && status < 500) return [];
  return status === 503 && header('retry-after') !== undefined ? [] : [`the status is ${status}`];
}

function headerFaults({ headers, header, body }: Answer): string[] {
  const faults: string[] = [];
  if (header('content-security-policy') !== CSP) faults.push('no Content-Security-Policy, or another one');
  if (header('x-content-type-options') !== 'nosniff') faults.push('no X-Content-Type-Options');
  if (header('referrer-policy') === undefined) faults.push('no Referrer-Policy');
  if (body !== '' && header('content-type') === undefined) faults.push('a body without Content-Type');
  const names = headers.map(([name]) => name).filter((name) => name !== 'set-cookie');
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) faults.push(`${twice} stands there twice`);
  for (const [name, value] of headers) {
    if (/[^\x20-\x7E]/.test(name + value)) faults.push(`${name} holds more than ASCII: ${value}`);
    if (name === 'set-cookie' && !COOKIE.test(value)) faults.push(`an odd cookie: ${value}`);
  }
  return faults;
}

function locationFaults({ header }: Answer, path: string): string[] {
  const location = header('location');
  if (location === undefined) return [];
  const base = 'http://forum.invalid';
  const leads = URL.parse(location, URL.parse(path, base)?.href ?? base);
  return leads?.origin === base && location.startsWith('/') ? [] : [`it leads to ${location}`];
}

function bodyFaults({ status, header, body }: Answer): string[] {
  if (body === '') return [];
  const faults: string[] = [];
  const trace = INSIDE.exec(body)?.[0];
  if (trace !== undefined) faults.push(`the body says "${trace}"`);
  const type = header('content-type') ?? '';
  if (type.startsWith('text/html')) {
    if (!/^<!doctype html>.*<\/html>\s*$/is.test(body)) faults.push('half a page');
    if (!body.includes('<main')) faults.push('a page that is none of ours');
    if (body.includes(MARKUP) || body.includes('<svg onload'))
      faults.push('markup that was sent stands in the page');
  } else if (type.startsWith('application/json')) {
    const said = JSON.parse(body) as { readonly explanation?: unknown };
    if (status >= 400 && status !== 503 && typeof said.explanation !== 'string')
      faults.push(`a problem without an explanation: ${body.slice(0, 200)}`);
  } else if (status >= 400 && !type.startsWith('text/plain')) faults.push(`a problem as ${type}`);
  return faults;
}
