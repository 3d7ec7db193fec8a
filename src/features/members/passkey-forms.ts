// What members call their passkeys, as they type it.
import { checkPasskeyLabel } from '../../domain/passkey-label.ts';
import { cleanTitle } from '../../domain/post-text.ts';
import { type Form, formBody, formOf, readLine } from '../../web/forms.ts';

export function readLabelForm(body: unknown): { label: string; form: Form<'label'> } {
  const typed = readLine(formBody(body), 'label');
  const label = cleanTitle(typed);
  return { label, form: labelForm(typed, checkPasskeyLabel(label)) };
}

export function labelForm(label: string, fault?: string): Form<'label'> {
  return formOf({ label }, { label: fault });
}
