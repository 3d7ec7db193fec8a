// What the administration forms send, read into typed values and into forms that can be shown again as typed.
import type { Fault } from '../../domain/check.ts';
import { countCharacters } from '../../domain/check.ts';
import { LENGTHS } from '../../domain/limits.ts';
import { cleanTitle } from '../../domain/post-text.ts';
import { checkSectionDescription, checkSectionName } from '../../domain/sections.ts';
import { checkSettings, type Settings } from '../../domain/settings.ts';
import type { Role } from '../../domain/viewer.ts';
import { type Form, formBody, formOf, readLine, readText } from '../../web/forms.ts';

/** The settings that the page offers, in its order. */
export const SETTING_NAMES = [
  'name',
  'tagline',
  'accent',
  'contact',
  'signUp',
  'newMemberLimits',
  'moderatorNames',
  'rules',
  'reasons',
  'about',
  'privacy',
] as const satisfies readonly (keyof Settings)[];
export type SettingName = (typeof SETTING_NAMES)[number];
export type SettingsForm = Form<SettingName>;

export type SettingsFaults = Readonly<Partial<Record<SettingName, Fault>>>;

export interface SettingsInput {
  /** As typed, with faults that only the renderer can find added. */
  readonly form: (faults?: SettingsFaults) => SettingsForm;
  /** Undefined when something is wrong. */
  readonly settings: Settings | undefined;
  /** Of the settings that the page showed; -1 when it does not say. */
  readonly seenVersion: number;
}

/** @param stored keeps what the page does not offer */
export function readSettingsForm(body: unknown, stored: Settings): SettingsInput {
  const sent = formBody(body);
  const typed = valuesOf((name) => readText(sent, name));
  const check = checkSettings({ ...stored, ...typed });
  const found: SettingsFaults = check.ok ? {} : check.faults;
  const version = readText(sent, 'version');
  return {
    form: (more = {}) => formOf(typed, { ...found, ...more }),
    settings: check.ok ? check.settings : undefined,
    seenVersion: /^\d{1,9}$/.test(version) ? Number(version) : -1,
  };
}

export function settingsForm(settings: Settings): SettingsForm {
  return formOf(valuesOf((name) => settings[name]));
}

function valuesOf(read: (name: SettingName) => string): Record<SettingName, string> {
  return Object.fromEntries(SETTING_NAMES.map((name) => [name, read(name)])) as Record<SettingName, string>;
}

export type SectionForm = Form<'name' | 'description' | 'place' | 'modifier'>;

export interface SectionValues {
  readonly name: string;
  readonly description: string;
  /** 1 is the first. */
  readonly place: number;
  readonly modifier: number;
}

/** A new section's name and line; it comes last and weighs as the others do. */
export function readNewSectionForm(body: unknown): {
  readonly form: SectionForm;
  readonly values: SectionValues;
} {
  return readSectionForm({ ...formBody(body), place: '1', modifier: '0' });
}

/** The values are of use when the form has no errors. */
export function readSectionForm(body: unknown): {
  readonly form: SectionForm;
  readonly values: SectionValues;
} {
  const sent = formBody(body);
  const typed = {
    name: readLine(sent, 'name'),
    description: readLine(sent, 'description'),
    place: readLine(sent, 'place'),
    modifier: readLine(sent, 'modifier'),
  };
  const values = {
    name: cleanTitle(typed.name),
    description: cleanTitle(typed.description),
    place: /^[1-9]\d{0,3}$/.test(typed.place) ? Number(typed.place) : Number.NaN,
    modifier:
      /^[+-]?\d?([.,]\d{1,3})?$/.test(typed.modifier) && /\d/.test(typed.modifier)
        ? Number(typed.modifier.replace(',', '.'))
        : Number.NaN,
  };
  const form = formOf(typed, {
    name: checkSectionName(values.name),
    description: checkSectionDescription(values.description),
    place: Number.isNaN(values.place) ? 'Give a place in the row: 1 is the first.' : undefined,
    modifier: Math.abs(values.modifier) <= 1 ? undefined : 'Give a number from -1 to 1.',
  });
  return { form, values };
}

export function sectionForm(values: SectionValues, faults: { readonly name?: string } = {}): SectionForm {
  const { name, description, place, modifier } = values;
  return formOf({ name, description, place: String(place), modifier: String(modifier) }, faults);
}

export const ROLES = ['member', 'moderator', 'admin'] as const satisfies readonly Role[];
export type RoleForm = Form<'role' | 'reason'>;

export function readRoleForm(body: unknown): {
  readonly form: RoleForm;
  /** Undefined when something is wrong. */
  readonly values: { readonly role: Role; readonly reason: string } | undefined;
} {
  const sent = formBody(body);
  const typed = { role: readLine(sent, 'role'), reason: readLine(sent, 'reason') };
  const role = ROLES.find((known) => known === typed.role);
  const form = formOf(typed, {
    role: role === undefined ? 'Choose a role.' : undefined,
    reason: checkReason(typed.reason),
  });
  return { form, values: role === undefined || form.hasErrors ? undefined : { role, reason: typed.reason } };
}

function checkReason(reason: string): Fault {
  if (reason === '') return 'Say why in a sentence: it stands in the public log.';
  const tooMany = countCharacters(reason) - LENGTHS.actionReason;
  return tooMany > 0
    ? `The reason is too long by ${tooMany}: it may have ${LENGTHS.actionReason} characters.`
    : undefined;
}
