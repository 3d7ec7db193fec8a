// Whatever is thrown becomes a page with a way back: never a bare line, never a stack (but in development).
import { randomBytes } from 'node:crypto';
import fp from 'fastify-plugin';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { sqlState } from '../../db/connection.ts';
import { wantsJson } from '../guards.ts';
import { messageOfRoot } from '../../lib/log-errors.ts';
import { paths, safeNext } from '../paths.ts';
import { Problem, PROBLEMS, type ProblemKind } from '../problem.ts';
import { readSentForm, type SentForm } from '../sent-form.ts';
import type { Head } from '../views.ts';

export interface ProblemPage {
  readonly head: Head;
  readonly status: number;
  readonly label: string;
  readonly title: string;
  readonly explanation: string;
  readonly link: { readonly href: string; readonly text: string } | null;
  /** The page that could not be shown, to be asked for again; '' when that would help nothing. */
  readonly retryHref: string;
  /** What was sent while the forum could not take it, or too fast, to be sent again. */
  readonly sent: SentForm | null;
  /** Under which number the log has it; '' when there is nothing in the log. */
  readonly reference: string;
  /** Development only; '' elsewhere. */
  readonly stack: string;
  readonly frontHref: string;
  readonly searchHref: string;
}
declare module '../views.ts' {
  interface Views {
    'problems/show': ProblemPage;
  }
}

/** Fastify's own errors, by code, and what people are told they are. */
const KIND_OF_CODE: Readonly<Record<string, ProblemKind>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-type',
  FST_ERR_NOT_FOUND: 'not-found',
};

/** What is over in a moment: the same page is worth asking for again, the same form worth sending again. */
const PASSING: ReadonlySet<ProblemKind> = new Set(['unavailable', 'too-many']);

const UNREADABLE = '/unreadable-address';

/**
 * For Fastify's `rewriteUrl`. A path with a "%" that stands for nothing would be answered before any hook runs, without
 * headers and page, and one with a NUL is refused by PostgreSQL; both are led to an address that has nothing at it, and
 * answered with 400 there. Out of a query a NUL is taken, as it is out of forms.
 */
export function readableUrl(url = '/'): string {
  const [path = '', ...query] = url.split('?');
  try {
    if (decodeURIComponent(path).includes('\0')) return UNREADABLE;
  } catch {
    return UNREADABLE;
  }
  return [path, ...query.map((part) => part.replaceAll('%00', ''))].join('?');
}

export const errorPages = fp(
  async (app) => {
    app.setNotFoundHandler({ preHandler: app.budgetHook('read') }, async (request, reply) =>
      answer(request, reply, request.url === UNREADABLE ? unreadable() : new Problem('not-found')),
    );
    app.setErrorHandler<FastifyError>(async (error, request, reply) =>
      answer(request, reply, problemOf(error), error),
    );

    async function answer(
      request: FastifyRequest,
      reply: FastifyReply,
      problem: Problem,
      cause: Error = problem,
    ) {
      const reference = problem.kind === 'broken' ? randomBytes(4).toString('hex') : '';
      if (problem.kind === 'broken') request.log.error({ err: cause, reference }, 'a request failed');
      else if (problem.kind === 'unavailable')
        // One line: while the database is away there are many of them, and perhaps a full disk.
        request.log.warn({ because: messageOfRoot(cause) }, 'a request could not be answered');
      reply.code(problem.status);
      if (problem.retryAfterSeconds !== undefined)
        reply.header('retry-after', String(problem.retryAfterSeconds));
      if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
      if (wantsJson(request))
        return reply.send({
          status: problem.status,
          title: PROBLEMS[problem.kind].title,
          explanation: problem.explanation,
        });
      return reply.page('problems/show', {
        ...problemPage(problem, reference),
        retryHref: PASSING.has(problem.kind) && request.method === 'GET' ? safeNext(request.url) : '',
        sent: PASSING.has(problem.kind) ? await readSentForm(request) : null,
        stack: app.config.production ? '' : stackOf(problem, cause),
      });
    }
  },
  { name: 'error-pages', dependencies: ['pages', 'rate-budgets'] },
);

function unreadable(): Problem {
  return new Problem(
    'invalid',
    'This address cannot be read: it holds something that stands for nothing. Check how it was copied.',
  );
}

function problemOf(error: FastifyError | Problem): Problem {
  if (error instanceof Problem) return error;
  const known = KIND_OF_CODE[error.code];
  if (known) return new Problem(known);
  if (isDatabaseAway(error)) return new Problem('unavailable', undefined, { retryAfterSeconds: 5 });
  const status = error.statusCode ?? 500;
  return new Problem(status >= 400 && status < 500 ? 'invalid' : 'broken');
}

/** The connection was refused, cut, timed out or is not there yet; or the statement was (SQLSTATE classes 08, 53, 57). */
function isDatabaseAway(error: Error): boolean {
  const state = sqlState(error);
  if (state !== undefined) return /^(08|53|57)/.test(state);
  for (let current: unknown = error; current instanceof Error; current = current.cause) {
    if (
      /ECONNREFUSED|ECONNRESET|ENOENT.*PGSQL|EPIPE|timeout exceeded when trying to connect|Query read timeout|Connection terminated|not queryable/.test(
        current.message,
      )
    )
      return true;
  }
  return false;
}

function stackOf(problem: Problem, cause: Error): string {
  if (problem.kind !== 'broken') return '';
  const causes: string[] = [];
  for (let current: unknown = cause; current instanceof Error; current = current.cause)
    causes.push(current.stack ?? current.message);
  return causes.join('\n\nCaused by: ');
}

function problemPage(problem: Problem, reference: string): Omit<ProblemPage, 'retryHref' | 'sent' | 'stack'> {
  const facts = PROBLEMS[problem.kind];
  return {
    head: { title: facts.title, noindex: true },
    status: facts.status,
    label: facts.label,
    title: facts.title,
    explanation: problem.explanation,
    link: problem.link ?? null,
    reference,
    frontHref: paths.front(),
    searchHref: paths.search(),
  };
}
