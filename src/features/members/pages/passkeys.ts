// Passkeys on pages: the button that asks for one, the page on which they are added and removed, and their section among
// the settings.
import type { PasskeyPurpose } from '../../../db/schema/index.ts';
import type { PasskeyId } from '../../../domain/ids.ts';
import { LENGTHS, MOST_PASSKEYS } from '../../../domain/limits.ts';
import type { Form } from '../../../web/forms.ts';
import { momentView, type MomentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import type { PasskeyRefusal } from '../passkey-ceremony.ts';
import { labelForm } from '../passkey-forms.ts';
import type { OwnPasskey } from '../passkey-queries.ts';
import { savedSentence } from './frame.ts';

/** A button that asks the browser for a passkey (public/scripts/passkeys.js) and sends its form with the answer. */
export interface PasskeyButton {
  /** What the browser does: makes a passkey, or shows one. */
  readonly ceremony: 'create' | 'get';
  readonly action: string;
  readonly optionsHref: string;
  readonly text: string;
  readonly look: string;
  /** What it saves; '' where that has been said. */
  readonly hint: string;
  /** Why the last answer was not taken; '' otherwise. */
  readonly refusal: string;
  /** For browsers that have no passkeys, or no script. */
  readonly without: string;
}

interface PasskeyView {
  readonly id: PasskeyId;
  readonly label: string;
  readonly added: MomentView;
  readonly used: MomentView | null;
  readonly backedUp: boolean;
  /** When a copy of it seems to have been used; null: never. */
  readonly copied: MomentView | null;
}

export interface PasskeysPage {
  readonly head: Head;
  readonly settingsHref: string;
  readonly saved: string;
  /** Why nothing was changed; '' otherwise. */
  readonly refusal: string;
  readonly passkeys: readonly (PasskeyView & {
    readonly form: Form<'label'>;
    readonly fieldId: string;
    readonly open: boolean;
  })[];
  readonly renameHref: string;
  readonly removeHref: string;
  /** The errors of the new names, with links to their fields. */
  readonly renaming: Pick<Form<'label'>, 'errors' | 'hasErrors'>;
  /** Null: there is no room for another one. */
  readonly addition: { readonly form: Form<'label'>; readonly button: PasskeyButton } | null;
  readonly most: number;
  readonly longest: number;
}

/** The section on the page of the account. */
export interface PasskeysSection {
  readonly passkeys: readonly PasskeyView[];
  readonly href: string;
}

declare module '../../../web/views.ts' {
  interface Views {
    'members/passkeys': PasskeysPage;
  }
}

const BUTTONS: Readonly<Record<PasskeyPurpose, Omit<PasskeyButton, 'refusal'>>> = {
  'sign-in': {
    ceremony: 'get',
    action: paths.signInPasskey(),
    optionsHref: paths.signInPasskeyOptions(),
    text: 'Log in with a passkey',
    look: 'btn',
    hint: '',
    without: 'To log in with a passkey takes JavaScript, and a browser that knows passkeys.',
  },
  'sign-up': {
    ceremony: 'create',
    action: paths.signUpPasskey(),
    optionsHref: paths.signUpPasskeyOptions(),
    text: 'Create account with a passkey',
    look: 'btn',
    hint: 'In place of a password: your device keeps a key, and opens it with your fingerprint, face or PIN.',
    without: 'An account without a password, by passkey, takes JavaScript and a browser that knows passkeys.',
  },
  prove: {
    ceremony: 'get',
    action: paths.confirmIdentityPasskey(),
    optionsHref: paths.confirmIdentityPasskeyOptions(),
    text: 'Confirm with a passkey',
    look: 'btn',
    hint: '',
    without: 'To confirm with your passkey takes JavaScript, and a browser that knows passkeys.',
  },
  add: {
    ceremony: 'create',
    action: paths.passkeys(),
    optionsHref: paths.passkeyOptions(),
    text: 'Add a passkey',
    look: 'btn btn-primary',
    hint: '',
    without: 'To add a passkey takes JavaScript, and a browser that knows passkeys.',
  },
};

const REFUSALS: Readonly<Record<PasskeyRefusal, string>> = {
  missing: 'No passkey came with that. Press the button once more.',
  late: 'That took too long, or was sent twice. Press the button once more.',
  unfit:
    'This passkey was not accepted: it is for another site, or your device did not make sure that it is you.',
  unknown: 'This passkey is not known here, or was removed. You can delete it from your device.',
  copied: 'This passkey looks like a copy, so it was refused. Log in another way, and remove it.',
};

/** @param refusal a sentence, when it is none of the usual ones */
export function passkeyButton(purpose: PasskeyPurpose, refusal = ''): PasskeyButton {
  return { ...BUTTONS[purpose], refusal };
}

/** What people are told of an answer that was not taken. */
export function refusalSentence(refusal: PasskeyRefusal): string {
  return REFUSALS[refusal];
}

const SAVED = {
  added: 'The passkey has been added. From now on it logs you in by itself.',
  renamed: 'The passkey has another name.',
  removed: 'The passkey has been removed. It logs in nobody any more; delete it from your device, too.',
};

/** What was sent just now, and what became of it. */
export interface PasskeysAnswer {
  readonly form?: Form<'label'>;
  /** Why a passkey was not added. */
  readonly notAdded?: string;
  readonly renamed?: { readonly id: PasskeyId; readonly form: Form<'label'> };
  readonly refusal?: string;
  /** As it stands in the address. */
  readonly saved?: unknown;
}

export function passkeysPage(
  facts: PasskeysAnswer & {
    readonly passkeys: readonly OwnPasskey[];
    /** What a passkey of this browser may be called. */
    readonly device: string;
  },
): PasskeysPage {
  const { passkeys, device, form = labelForm(device), notAdded, renamed, refusal = '', saved } = facts;
  return {
    head: { title: 'Passkeys', noindex: true, section: 'none' },
    settingsHref: paths.account(),
    saved: savedSentence(SAVED, saved),
    refusal,
    passkeys: passkeys.map((passkey) => {
      const sent = renamed?.id === passkey.id ? renamed.form : undefined;
      return {
        ...passkeyView(passkey),
        form: sent ?? labelForm(passkey.label),
        fieldId: fieldIdOf(passkey.id),
        open: sent?.hasErrors ?? false,
      };
    }),
    renameHref: paths.passkeyRename(),
    removeHref: paths.passkeyRemove(),
    renaming: {
      hasErrors: renamed?.form.hasErrors ?? false,
      errors: renamed?.form.errors.map(({ error }) => ({ field: fieldIdOf(renamed.id), error })) ?? [],
    },
    addition: passkeys.length < MOST_PASSKEYS ? { form, button: passkeyButton('add', notAdded) } : null,
    most: MOST_PASSKEYS,
    longest: LENGTHS.passkeyLabel,
  };
}

export function passkeysSection(passkeys: readonly OwnPasskey[]): PasskeysSection {
  return { passkeys: passkeys.map(passkeyView), href: paths.passkeys() };
}

function passkeyView({ id, label, backedUp, createdAt, lastUsedAt, copiedAt }: OwnPasskey): PasskeyView {
  return {
    id,
    label,
    added: momentView(createdAt),
    used: lastUsedAt && momentView(lastUsedAt),
    backedUp,
    copied: copiedAt && momentView(copiedAt),
  };
}

function fieldIdOf(id: PasskeyId): string {
  return `label-${id}`;
}
