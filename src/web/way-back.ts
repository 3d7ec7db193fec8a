// Where a button beside a post leads: back to the page on which it was pressed.
import type { FastifyRequest } from 'fastify';
import type { PostId } from '../domain/ids.ts';
import { formBody, readText } from './forms.ts';
import { paths, safeNext } from './paths.ts';

/** Back to the page where the button was: a list or a topic, at the post where that has a place. */
export function wayBack(request: FastifyRequest, id: PostId): string {
  const next = readText(formBody(request.body), 'next');
  if (next !== '') return safeNext(next);
  const from = URL.parse(request.headers.referer ?? '');
  if (from?.host !== request.host) return paths.post(id);
  return safeNext(`${from.pathname}${from.search}#${paths.postAnchor(id)}`);
}
