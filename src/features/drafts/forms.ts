// What a composer sends to be kept.
import {
  DRAFT_FIELDS,
  type DraftFields,
  type DraftPlace,
  type DraftRef,
  readPlace,
  readRef,
} from '../../domain/drafts.ts';
import { formBody, readLine, readText } from '../../web/forms.ts';

export interface DraftForm {
  /** Undefined for a form that no composer of ours made. */
  readonly place: DraftPlace | undefined;
  readonly formId: string | undefined;
  /** The draft that the form was opened with. */
  readonly ref: DraftRef | undefined;
  readonly fields: DraftFields;
}

export function readDraftForm(sent: unknown): DraftForm {
  const body = formBody(sent);
  const formId = readLine(body, 'form_id');
  const values = DRAFT_FIELDS.map((name) => [name, readText(body, name)] as const);
  return {
    place: readPlace(readLine(body, 'place')),
    formId: /^[\w-]{16,64}$/.test(formId) ? formId : undefined,
    ref: readRef(readLine(body, 'draft')),
    fields: Object.fromEntries(
      values.filter(([, value]) => value !== '').map(([name, value]) => [name, [value]]),
    ),
  };
}
