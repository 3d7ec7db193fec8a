// Drafts as pages show them: what a composer says of the one it goes on with, the list of all, and one that no composer takes.
import {
  DRAFTS,
  type DraftFields,
  type DraftPlace,
  type DraftRef,
  spellPlace,
  spellRef,
} from '../../domain/drafts.ts';
import { LENGTHS } from '../../domain/limits.ts';
import { excerpt } from '../../lib/html.ts';
import { momentView, type MomentView } from '../../web/moments.ts';
import { paths } from '../../web/paths.ts';
import type { Head } from '../../web/views.ts';
import type { Draft, DraftListed } from './queries.ts';

declare module '../../web/views.ts' {
  interface Views {
    'drafts/list': DraftsPage;
    'drafts/show': DraftPage;
  }
}

/** What a composer has of drafts: where its own are kept, and the one that it goes on with. */
export interface ComposerDraft {
  readonly place: string;
  readonly keepHref: string;
  /** '' when it goes on with none. */
  readonly ref: string;
  /** Said when the composer is opened with one. */
  readonly kept: { readonly saved: MomentView; readonly discardHref: string; readonly next: string } | null;
}

/** @param ref what the form that comes back was opened with */
export function composerDraft(place: DraftPlace, ref?: DraftRef): ComposerDraft {
  return {
    place: spellPlace(place),
    keepHref: paths.drafts(),
    ref: ref ? spellRef(ref) : '',
    kept: null,
  };
}

/** As composerDraft, of a composer that is opened. @param next where discarding the draft leads */
export function openedDraft(place: DraftPlace, draft: DraftRef | undefined, next: string): ComposerDraft {
  const composer = composerDraft(place, draft);
  if (!draft) return composer;
  return {
    ...composer,
    kept: { saved: momentView(draft.savedAt), discardHref: paths.draftDiscard(draft.id), next },
  };
}

export interface UnsentDraft {
  readonly title: string;
  readonly href: string;
  readonly saved: MomentView;
}

/** A new topic that was begun and not sent. */
export function unsentDraft({ id, fields, savedAt }: Draft): UnsentDraft {
  return { title: typedTitle(fields), href: paths.draft(id), saved: momentView(savedAt) };
}

export interface DraftsPage {
  readonly head: Head;
  readonly most: number;
  readonly days: number;
  readonly drafts: readonly DraftView[];
}

interface DraftView {
  readonly anchor: string;
  readonly href: string;
  readonly discardHref: string;
  /** "Reply to kevin_h" */
  readonly what: string;
  readonly title: string;
  readonly text: string;
  readonly saved: MomentView;
}

export function draftsPage(drafts: readonly DraftListed[]): DraftsPage {
  return {
    head: { title: 'Drafts', noindex: true, section: 'none' },
    most: DRAFTS.kept,
    days: DRAFTS.days,
    drafts: drafts.map((draft) => ({
      anchor: `d${draft.id}`,
      href: paths.draft(draft.id),
      discardHref: paths.draftDiscard(draft.id),
      what: whatOf(draft),
      title: titleOf(draft),
      text: excerpt(valueOf(draft.fields, 'body'), EXCERPT_CHARACTERS),
      saved: momentView(draft.savedAt),
    })),
  };
}

const EXCERPT_CHARACTERS = 300;

function whatOf({ place, answeredName, editsTopic }: DraftListed): string {
  switch (place.kind) {
    case 'topic':
      return 'New topic';
    case 'reply':
      return answeredName === null ? 'Reply' : `Reply to ${answeredName}`;
    case 'edit':
      return editsTopic ? 'Edit of your topic' : 'Edit of your reply';
  }
}

function titleOf({ place, fields, title }: DraftListed): string {
  if (place.kind !== 'topic') return title ?? 'A topic that cannot be read any more';
  return typedTitle(fields);
}

function typedTitle(fields: DraftFields): string {
  const typed = valueOf(fields, 'title') || valueOf(fields, 'url');
  return typed.trim() === '' ? 'Without a title yet' : excerpt(typed, LENGTHS.title.max);
}

export interface DraftPage {
  readonly head: Head;
  readonly heading: string;
  readonly reason: string;
  readonly fields: readonly {
    readonly id: string;
    readonly label: string;
    readonly value: string;
    readonly rows: number;
  }[];
  readonly saved: MomentView;
  readonly discardHref: string;
  readonly draftsHref: string;
}

const LABELS = { url: 'Address', title: 'Title', tags: 'Tags', body: 'Text' } as const;

/** A draft whose composer does not open (any more): to be read and copied. @param reason why it does not */
export function draftPage({ id, fields, savedAt }: Draft, reason: string): DraftPage {
  const names = Object.keys(LABELS) as (keyof typeof LABELS)[];
  return {
    head: { title: 'Your draft', noindex: true, section: 'none' },
    heading: 'Your draft',
    reason,
    fields: names
      .filter((name) => valueOf(fields, name) !== '')
      .map((name) => ({
        id: name,
        label: LABELS[name],
        value: valueOf(fields, name),
        rows: name === 'body' ? 12 : 1,
      })),
    saved: momentView(savedAt),
    discardHref: paths.draftDiscard(id),
    draftsHref: paths.drafts(),
  };
}

function valueOf(fields: DraftFields, name: string): string {
  return fields[name]?.at(-1) ?? '';
}
