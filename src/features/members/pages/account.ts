// The page of settings on which members change by what they are known and log in.
import { LENGTHS, WINDOWS } from '../../../domain/limits.ts';
import type { Member } from '../../../domain/viewer.ts';
import type { Form } from '../../../web/forms.ts';
import { momentView, type MomentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import type { TwoStep } from '../factor-queries.ts';
import { type PasswordField, passwordForm } from '../forms.ts';
import type { EmailChange, OwnAccount } from '../queries.ts';
import { newEmailForm, type NewEmailField, newNameForm, type NewNameField } from '../settings-forms.ts';
import type { OwnPasskey } from '../passkey-queries.ts';
import { savedSentence, settingsTabs, type Tab } from './frame.ts';
import { passkeysSection, type PasskeysSection } from './passkeys.ts';
import { type IdentitiesFacts, type IdentitiesSection, identitiesSection } from './identities.ts';
import { twoStepSection, type TwoStepSection } from './two-step.ts';

interface PendingChange {
  readonly email: string;
  /** "the new address and the old one" */
  readonly waitsFor: string;
  readonly until: MomentView;
  readonly againHref: string;
  readonly cancelHref: string;
}

export interface AccountPage {
  readonly head: Head;
  readonly tabs: readonly Tab[];
  readonly saved: string;
  readonly name: string;
  readonly memberHref: string;
  readonly rename: {
    readonly form: Form<NewNameField>;
    readonly formHref: string;
    readonly refusal: string;
    /** From when on the name may be changed again; null: at once. */
    readonly from: MomentView | null;
  };
  readonly email: {
    readonly current: string;
    /** Where the present one is confirmed; '' when it is, or there is none. */
    readonly confirmHref: string;
    readonly pending: PendingChange | null;
    readonly form: Form<NewEmailField>;
    readonly formHref: string;
    readonly refusal: string;
  };
  readonly password: Form<PasswordField>;
  readonly hasPassword: boolean;
  /** Where members whose password is not enough show that it is them before they change anything; '' when that is done. */
  readonly proofHref: string;
  readonly twoStep: TwoStepSection;
  readonly passkeys: PasskeysSection;
  readonly sites: IdentitiesSection;
  readonly lengths: {
    readonly nameMin: number;
    readonly nameMax: number;
    readonly email: number;
    readonly passwordMin: number;
  };
}

declare module '../../../web/views.ts' {
  interface Views {
    'members/account': AccountPage;
  }
}

const SAVED = {
  name: 'Your name has been changed. The old one leads to your page, and nobody else gets it.',
  password: 'Your password has been changed. All other devices have been logged out.',
  'two-step-off': 'Two-step login has been turned off.',
  connected: 'It is connected: from now on you can log in by it.',
  disconnected: 'It is disconnected: nobody logs in to your account by it any more.',
  asked: 'Mails with a link are on their way: the change happens once each is answered.',
  again: 'The mails are on their way once more. Links of earlier ones no longer open.',
  cancelled: 'Your address stays as it is.',
};

/** What was sent just now, and what became of it. */
export interface AccountForms {
  readonly rename?: Form<NewNameField>;
  /** Why the name was not changed; '' otherwise. */
  readonly renameRefusal?: string;
  readonly email?: Form<NewEmailField>;
  /** Why the change of address was not taken; '' otherwise. */
  readonly emailRefusal?: string;
  readonly password?: Form<PasswordField>;
  /** Why an account at another site was not disconnected; '' otherwise. */
  readonly identitiesRefusal?: string;
  /** What went wrong on the way to another site and back; '' otherwise. */
  readonly trouble?: string;
  /** As it stands in the address. */
  readonly saved?: unknown;
}

export function accountPage(
  facts: AccountForms &
    IdentitiesFacts & {
      readonly member: Member;
      readonly own: OwnAccount;
      readonly twoStep: TwoStep;
      readonly passkeys: readonly OwnPasskey[];
      /** Whether the member has shown a short while ago that it is them. */
      readonly proved: boolean;
      readonly now: Date;
    },
): AccountPage {
  const { member, own, twoStep, proved, now, rename = newNameForm(), renameRefusal = '', saved } = facts;
  const { email = newEmailForm(), emailRefusal = '', password = passwordForm() } = facts;
  const from = own.renamedAt && new Date(own.renamedAt.getTime() + WINDOWS.rename);
  return {
    head: { title: 'Account', noindex: true, section: 'none' },
    tabs: settingsTabs('Account'),
    saved: savedSentence(SAVED, saved),
    name: member.name,
    memberHref: paths.member(member.name),
    rename: {
      form: rename,
      formHref: paths.name(),
      refusal: renameRefusal,
      from: from && from > now ? momentView(from) : null,
    },
    email: {
      current: own.email ?? '',
      confirmHref: own.email !== null && member.confirmedAt === null ? paths.confirm() : '',
      pending: own.change && pendingChange(own.change, own.email),
      form: email,
      formHref: paths.email(),
      refusal: emailRefusal,
    },
    password,
    hasPassword: own.hasPassword,
    proofHref: !own.needsProof || proved ? '' : paths.confirmIdentity(paths.account()),
    twoStep: twoStepSection(twoStep),
    passkeys: passkeysSection(facts.passkeys),
    sites: identitiesSection(facts),
    lengths: {
      nameMin: LENGTHS.name.min,
      nameMax: LENGTHS.name.max,
      email: LENGTHS.email,
      passwordMin: LENGTHS.password.min,
    },
  };
}

function pendingChange(
  { email, newAgreedAt, oldAgreedAt, expiresAt }: EmailChange,
  oldEmail: string | null,
): PendingChange {
  const ends = [
    ...(newAgreedAt === null ? ['the new address'] : []),
    ...(oldEmail !== null && oldAgreedAt === null ? ['the old address'] : []),
  ];
  return {
    email,
    // With both agreed the address turned out to be another account's, which is not told: it seems to wait.
    waitsFor: ends.length === 0 ? 'the new address' : ends.join(' and '),
    until: momentView(expiresAt),
    againHref: paths.emailAgain(),
    cancelHref: paths.emailCancel(),
  };
}
