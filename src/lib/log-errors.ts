// Errors as the log shows them: without what people typed. The database's errors carry the values of the statement that
// failed (an e-mail address, a text, a hash), and a log is read by more people than a database.

interface LoggedError {
  readonly type: string;
  readonly message: string;
  readonly stack: string;
  readonly code?: string;
  readonly cause?: LoggedError;
}

const MOST_CAUSES = 5;

/** For pino's `serializers.err`: name, message, stack, code and causes, and no other property. */
export function loggedError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error))
    return { type: typeof error, message: withoutValues(String(error)), stack: '' };
  const { code } = error as { code?: unknown };
  return {
    type: error.name,
    message: withoutValues(error.message),
    stack: stackOf(error),
    ...(typeof code === 'string' && { code }),
    ...(error.cause !== undefined && depth < MOST_CAUSES && { cause: loggedError(error.cause, depth + 1) }),
  };
}

/** Takes out the values that drizzle puts behind a failed query: from "params:" to the end, whatever they look like. */
export function withoutValues(message: string): string {
  return message.replace(/\nparams:[\s\S]*/, '\nparams: not logged');
}

/** The frames of an error below its message. A value can look like a frame, so the message is cut out as a whole. */
export function stackOf({ message, stack = '' }: Error): string {
  const at = stack.indexOf(message);
  if (at < 0) return withoutValues(stack);
  return stack.slice(0, at) + withoutValues(message) + stack.slice(at + message.length);
}

/** What the error behind all others says, on a line: for what happens often and is no fault of ours. */
export function messageOfRoot(error: unknown): string {
  let root = error;
  while (root instanceof Error && root.cause instanceof Error) root = root.cause;
  return withoutValues(root instanceof Error ? root.message : String(root));
}
