// What is typed into the form of a message.
import { countCharacters } from '../../domain/check.ts';
import { TALKS } from '../../domain/moderation-limits.ts';
import { formBody, formOf, readLine, readText, type Form } from '../../web/forms.ts';

export interface MessageInput {
  readonly form: Form<'body'>;
  /** Undefined when it cannot be sent. */
  readonly body: string | undefined;
  /** Of a moderator: to the member whom the item concerns, or to the other moderators. */
  readonly toMember: boolean;
}

export const emptyMessage: Form<'body'> = formOf({ body: '' });

export function readMessageForm(sent: unknown): MessageInput {
  const fields = formBody(sent);
  const body = readText(fields, 'body').trim();
  const excess = countCharacters(body) - TALKS.length;
  const error =
    body === ''
      ? 'Write something first.'
      : excess > 0
        ? `The message is too long by ${excess}: it may have ${TALKS.length} characters.`
        : undefined;
  const form = formOf({ body }, { body: error });
  return {
    form,
    body: form.hasErrors ? undefined : body,
    toMember: readLine(fields, 'to') === 'member',
  };
}
