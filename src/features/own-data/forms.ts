// What the forms about one's data hold.
import type { Fault } from '../../domain/check.ts';
import { nameKey } from '../../domain/member-name.ts';
import type { TextsLeft } from '../../domain/policy/own-data.ts';
import { type Form, formBody, formOf, readFlag, readLine, readText } from '../../web/forms.ts';
import type { PrivacyChoices } from '../members/index.ts';

export function readChoices(body: unknown): PrivacyChoices {
  const sent = formBody(body);
  return {
    hiddenFromSearchEngines: readFlag(sent, 'hidden'),
    remembersReading: !readFlag(sent, 'forgetful'),
  };
}

export type DeletionField = 'texts' | 'name';

const CHOICES: readonly TextsLeft[] = ['withdraw', 'leave'];

/** @param ownName which the member has to type: nobody deletes an account by a slip */
export function readDeletionForm(
  body: unknown,
  ownName: string,
): { readonly texts: TextsLeft | undefined; readonly form: Form<DeletionField> } {
  const sent = formBody(body);
  const typed = readText(sent, 'texts');
  const name = readLine(sent, 'name');
  const texts = CHOICES.find((choice) => choice === typed);
  return {
    texts,
    form: formOf({ texts: texts ?? '', name }, { texts: textsFault(texts), name: nameFault(name, ownName) }),
  };
}

export function deletionForm(): Form<DeletionField> {
  return formOf({ texts: '', name: '' });
}

function textsFault(texts: TextsLeft | undefined): Fault {
  return texts === undefined ? 'Choose what becomes of what you wrote.' : undefined;
}

function nameFault(name: string, ownName: string): Fault {
  return nameKey(name) === nameKey(ownName)
    ? undefined
    : `Type your name, ${ownName}, so that this happens by no slip.`;
}
