// How an admin's changes stand in the public log: what was changed, from what to what, and the same as data.
import type { CannedReason } from '../../domain/canned-reasons.ts';
import { LENGTHS } from '../../domain/limits.ts';
import { excerpt } from '../../lib/html.ts';
import type { Changes } from '../site/index.ts';

export interface LogEntry {
  readonly reason: CannedReason;
  readonly data: Readonly<Record<string, unknown>> & { readonly what: string };
}

interface Label {
  readonly label: string;
  /** Many lines: the log says that they changed, and their page, or a moderator's form, what they are now. */
  readonly long?: true;
}
type Labels = Readonly<Record<string, Label>>;

export const SETTING_LABELS: Labels = {
  name: { label: 'Name' },
  tagline: { label: 'Tagline' },
  accent: { label: 'Accent colour' },
  contact: { label: 'Contact' },
  signUp: { label: 'Sign-up' },
  newMemberLimits: { label: 'Limits of new members' },
  moderatorNames: { label: 'Moderators in public' },
  rules: { label: 'Rules', long: true },
  reasons: { label: 'Reasons', long: true },
  about: { label: 'About', long: true },
  privacy: { label: 'Privacy', long: true },
};

const SECTION_LABELS: Labels = {
  name: { label: 'Name' },
  description: { label: 'Description' },
  place: { label: 'Place' },
  modifier: { label: 'Weight' },
};

export function settingsEntry(changes: Changes): LogEntry {
  const labels = Object.keys(changes).map((name) => SETTING_LABELS[name]?.label ?? name);
  return {
    reason: reasonOf(changes, SETTING_LABELS),
    data: dataOf(labels.join(', '), changes, SETTING_LABELS),
  };
}

/** @param section name of the section before the change */
export function sectionEntry(section: string, changes: Changes): LogEntry {
  return { reason: reasonOf(changes, SECTION_LABELS), data: dataOf(section, changes, SECTION_LABELS) };
}

function reasonOf(changes: Changes, labels: Labels): CannedReason {
  const sentences = Object.entries(changes).map(([name, { from, to }]) => {
    const { label, long } = labels[name] ?? { label: name };
    return long ? `${label}: text changed.` : `${label}: ${shown(from)} → ${shown(to)}.`;
  });
  return { rule: null, text: excerpt(sentences.join(' '), LENGTHS.actionReason) };
}

function dataOf(what: string, changes: Changes, labels: Labels): LogEntry['data'] {
  const recorded = Object.entries(changes).map(([name, change]) => [name, labels[name]?.long ? {} : change]);
  return { what, changes: Object.fromEntries(recorded) as Record<string, unknown> };
}

function shown(value: unknown): string {
  return value === '' ? '(empty)' : String(value);
}
