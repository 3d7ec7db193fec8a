// What members type about themselves and choose for themselves: read, cleaned, checked.
import { checkAbout, checkAffiliation, cleanAbout } from '../../domain/member-about.ts';
import { cleanTitle } from '../../domain/post-text.ts';
import { type Form, formBody, formOf, readLine, readText } from '../../web/forms.ts';

export type ProfileField = 'about' | 'affiliation';
export type ProfileInput = Readonly<Record<ProfileField, string>>;

export function readProfileForm(body: unknown): { values: ProfileInput; form: Form<ProfileField> } {
  const sent = formBody(body);
  const typed: ProfileInput = { about: readText(sent, 'about'), affiliation: readLine(sent, 'affiliation') };
  const values: ProfileInput = { about: cleanAbout(typed.about), affiliation: cleanTitle(typed.affiliation) };
  const faults = { about: checkAbout(values.about), affiliation: checkAffiliation(values.affiliation) };
  return { values, form: formOf(typed, faults) };
}
