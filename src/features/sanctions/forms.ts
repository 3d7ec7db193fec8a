// What is typed into the forms of a sanction and of a note.
import type { CannedReason } from '../../domain/canned-reasons.ts';
import { countCharacters } from '../../domain/check.ts';
import type { Step } from '../../domain/ladder.ts';
import { LENGTHS } from '../../domain/limits.ts';
import { SANCTIONS } from '../../domain/moderation-limits.ts';
import { formBody, formOf, readFlag, readLine, readText, type Form } from '../../web/forms.ts';
import { readReason, type Reason, type ReasonFields } from '../log/index.ts';

const KINDS = ['warning', 'silence', 'suspension'] as const;
export type Kind = (typeof KINDS)[number];

export const FOR_GOOD = 'for-good';

export type SanctionFields = ReasonFields | 'kind' | 'length' | 'hide-all';
export type SanctionForm = Form<SanctionFields>;

/** The form as it first stands on a page: with the step that is suggested. */
export function sanctionForm(next: Step): SanctionForm {
  const length = next.kind === 'warning' ? SANCTIONS.suspensions[0] : next.length;
  const chosen = { kind: next.kind, length: length === null ? FOR_GOOD : String(length) };
  return formOf({ ...chosen, 'hide-all': '', canned: '', rule: '', reason: '' });
}

export interface SanctionInput {
  readonly form: SanctionForm;
  readonly isPreview: boolean;
  readonly seenSanction: number;
  readonly seenVersion: number;
  /** Undefined when the form cannot be used. */
  readonly chosen:
    | {
        readonly kind: Kind;
        /** Null: a warning, or for good. */
        readonly length: number | null;
        readonly hideAll: boolean;
        readonly reason: Reason;
      }
    | undefined;
}

/** @param offered the canned reasons of the forum */
export function readSanctionForm(sent: unknown, offered: readonly CannedReason[]): SanctionInput {
  const body = formBody(sent);
  const { typed, faults, reason } = readReason(sent, offered);
  const kind = KINDS.find((known) => known === readLine(body, 'kind'));
  const hideAll = readFlag(body, 'hide-all');
  const length = readLine(body, 'length');
  const form = formOf(
    { kind: kind ?? '', length, 'hide-all': hideAll ? '1' : '', ...typed },
    {
      ...faults,
      kind: kind ? undefined : 'Choose what is to happen.',
      length: kind === undefined || kind === 'warning' ? undefined : faultOfLength(kind, length),
    },
  );
  const ms = kind === 'warning' || length === FOR_GOOD ? null : Number(length);
  return {
    form,
    isPreview: readLine(body, 'do') === 'preview',
    seenSanction: readNumber(readLine(body, 'seen'), 0),
    seenVersion: readNumber(readLine(body, 'version'), -1),
    chosen: form.hasErrors || !kind || !reason ? undefined : { kind, length: ms, hideAll, reason },
  };
}

function faultOfLength(kind: 'silence' | 'suspension', length: string): string | undefined {
  if (length === FOR_GOOD) return kind === 'silence' ? 'A silence has an end: choose one.' : undefined;
  const lengths = kind === 'silence' ? SANCTIONS.silences : SANCTIONS.suspensions;
  return lengths.some((known) => String(known) === length) ? undefined : 'Choose how long.';
}

function readNumber(text: string, otherwise: number): number {
  return /^\d{1,9}$/.test(text) ? Number(text) : otherwise;
}

export type NoteForm = Form<'note'>;

export function noteForm(note = '', error?: string): NoteForm {
  return formOf({ note }, { note: error });
}

export function readNoteForm(sent: unknown): { readonly form: NoteForm; readonly note: string | undefined } {
  const note = readText(formBody(sent), 'note').trim();
  const excess = countCharacters(note) - LENGTHS.actionReason;
  const form = noteForm(
    note,
    note === ''
      ? 'Write what the others should know.'
      : excess > 0
        ? `The note is too long by ${excess}: it may have ${LENGTHS.actionReason} characters.`
        : undefined,
  );
  return { form, note: form.hasErrors ? undefined : note };
}
