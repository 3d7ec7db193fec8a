// Everything that can go wrong in a way people are told of: a closed list, each with its status and page.
import type { Denied, Verdict } from '../domain/verdict.ts';

export interface ProblemKindFacts {
  readonly status: number;
  /** Two or three words beside the status. */
  readonly label: string;
  readonly title: string;
  /** What to do about it, when the one who threw it had nothing better to say. */
  readonly help: string;
}

export const PROBLEMS = {
  invalid: {
    status: 400,
    label: 'not understood',
    title: 'This request does not make sense',
    help: 'Something in the address or the form was cut off or changed. Go back and try again from the page you came from.',
  },
  denied: {
    status: 403,
    label: 'not allowed',
    title: 'You cannot do this here',
    help: 'Your account does not have the right to do this.',
  },
  'not-found': {
    status: 404,
    label: 'not found',
    title: 'There is nothing at this address',
    help: 'It may have been mistyped or cut off. Searching for words of the title often finds a topic.',
  },
  conflict: {
    status: 409,
    label: 'changed meanwhile',
    title: 'This has changed meanwhile',
    help: 'Go back, load the page again and look at what is there now.',
  },
  gone: {
    status: 410,
    label: 'gone',
    title: 'This is no longer here',
    help: 'It was taken away on purpose. The moderation log says why when a moderator did it.',
  },
  'too-large': {
    status: 413,
    label: 'too large',
    title: 'That is more than fits',
    help: 'Go back and shorten what you were sending. Your browser usually still has it.',
  },
  'unsupported-type': {
    status: 415,
    label: 'wrong format',
    title: 'This format is not understood',
    help: 'Send the form as the page offers it.',
  },
  unprocessable: {
    status: 422,
    label: 'cannot be used',
    title: 'This cannot be used as it is',
    help: 'Go back and check what was filled in.',
  },
  'too-many': {
    status: 429,
    label: 'too fast',
    title: 'That was a little too fast',
    help: 'Wait a moment, then try again.',
  },
  broken: {
    status: 500,
    label: 'our fault',
    title: 'Something broke on our side',
    help: 'The fault has been recorded. Going back in your browser usually still has what you were writing.',
  },
  unavailable: {
    status: 503,
    label: 'not ready',
    title: 'The forum is catching its breath',
    help: 'Try again in a few seconds. Nothing that was saved is lost.',
  },
} as const satisfies Record<string, ProblemKindFacts>;

export type ProblemKind = keyof typeof PROBLEMS;

/** Thrown anywhere during a request; web/plugins/error-pages.ts turns it into its page. */
export class Problem extends Error {
  readonly kind: ProblemKind;
  /** A sentence for the person: what happened and what to do. */
  readonly explanation: string;
  readonly retryAfterSeconds: number | undefined;
  /** A page that helps, such as the log entry of a hidden topic. */
  readonly link: { readonly href: string; readonly text: string } | undefined;

  constructor(
    kind: ProblemKind,
    explanation?: string,
    more: { retryAfterSeconds?: number; link?: { href: string; text: string } } = {},
  ) {
    super(explanation ?? PROBLEMS[kind].title);
    this.kind = kind;
    this.explanation = explanation ?? PROBLEMS[kind].help;
    this.retryAfterSeconds = more.retryAfterSeconds;
    this.link = more.link;
  }

  get status(): number {
    return PROBLEMS[this.kind].status;
  }
}

/** @throws Problem not-found, with a sentence that names the thing when one is given. */
export function notFound(explanation?: string): never {
  throw new Problem('not-found', explanation);
}

const KIND_OF_DENIAL = { rights: 'denied', state: 'conflict', pace: 'too-many' } as const satisfies Record<
  Denied['because'],
  ProblemKind
>;

/** Turns a denial into its Problem; the first line of every command, after loading and locking. */
export function authorize(verdict: Verdict): void {
  if (verdict.allowed) return;
  const { retryAfterSeconds } = verdict;
  throw new Problem(
    KIND_OF_DENIAL[verdict.because],
    verdict.reason,
    retryAfterSeconds === undefined ? {} : { retryAfterSeconds },
  );
}
