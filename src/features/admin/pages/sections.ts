// GET and POST /admin/sections: the sections, a form for each, and one for a new one.
import { LENGTHS } from '../../../domain/limits.ts';
import type { SectionId } from '../../../domain/ids.ts';
import { formOf } from '../../../web/forms.ts';
import { paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import { sectionForm, type SectionForm } from '../forms.ts';
import type { SectionRow } from '../queries.ts';
import { adminTabs, type Tab } from './frame.ts';

export interface SectionView {
  readonly id: SectionId;
  readonly name: string;
  readonly description: string;
  readonly href: string;
  /** "+0.3", "-1"; '' when it weighs as the others do. */
  readonly weight: string;
  readonly empty: boolean;
  readonly form: SectionForm;
  /** Shown unfolded: there is something to put right. */
  readonly open: boolean;
  readonly formHref: string;
  /** The form has fields that every other section's form has too. */
  readonly ids: Readonly<Record<keyof SectionForm['fields'], string>>;
}

export interface SectionsPage {
  readonly head: Head;
  readonly tabs: readonly Tab[];
  readonly sections: readonly SectionView[];
  readonly last: number;
  readonly addition: SectionForm;
  readonly additionHref: string;
  /** The errors of whichever form was sent, with the ids that its fields have on this page. */
  readonly problems: Pick<SectionForm, 'errors' | 'hasErrors'>;
  readonly saved: boolean;
  readonly logHref: string;
  readonly lengths: { readonly name: number; readonly description: number };
}

declare module '../../../web/views.ts' {
  interface Views {
    'admin/sections': SectionsPage;
  }
}

export interface SectionsFacts {
  readonly rows: readonly SectionRow[];
  /** The form of one section as it was sent. */
  readonly sent?: { readonly id: SectionId; readonly form: SectionForm };
  /** The form of a new section as it was sent. */
  readonly addition?: SectionForm;
  readonly saved?: boolean;
}

const NOTHING: SectionForm = formOf({ name: '', description: '', place: '', modifier: '' });

export function sectionsPage({ rows, sent, addition = NOTHING, saved = false }: SectionsFacts): SectionsPage {
  return {
    head: { title: 'Sections', noindex: true },
    tabs: adminTabs('Sections'),
    sections: rows.map((row, index) => sectionView(row, index + 1, sent)),
    last: rows.length,
    addition,
    additionHref: paths.adminSections(),
    problems: sent ? withIds(sent.form, sent.id) : addition,
    saved,
    logHref: paths.moderationLog(),
    lengths: { name: LENGTHS.sectionName, description: LENGTHS.sectionDescription },
  };
}

function sectionView(row: SectionRow, place: number, sent: SectionsFacts['sent']): SectionView {
  const isSent = sent?.id === row.id;
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    href: paths.section(row.slug),
    weight: row.modifier === 0 ? '' : `${row.modifier > 0 ? '+' : ''}${row.modifier}`,
    empty: row.empty,
    form: isSent ? sent.form : sectionForm({ ...row, place }),
    open: isSent,
    formHref: paths.adminSection(row.id),
    ids: {
      name: `name-${row.id}`,
      description: `description-${row.id}`,
      place: `place-${row.id}`,
      modifier: `modifier-${row.id}`,
    },
  };
}

function withIds(form: SectionForm, id: SectionId): SectionsPage['problems'] {
  const errors = form.errors.map(({ field, error }) => ({ field: `${field}-${id}`, error }));
  return { errors, hasErrors: form.hasErrors };
}
