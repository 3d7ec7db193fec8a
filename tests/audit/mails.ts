// One mail of every kind that the forum sends, and of those with two faces both: made by the functions that make them
// when they are sent. A kind that lacks here does not compile.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Statement } from '../../src/db/statements.ts';
import type {
  ActionId,
  MemberId,
  NotificationId,
  PostId,
  QueueItemId,
  TopicId,
} from '../../src/domain/ids.ts';
import { DEFAULT_SETTINGS } from '../../src/domain/settings.ts';
import type { ReportRow } from '../../src/features/flags/queries/reports.ts';
import { reportDecidedMail, reportReceivedMail } from '../../src/features/flags/pages/report-mails.ts';
import {
  addressInUseMail,
  confirmEmailMail,
  type MailFacts,
  passwordChangedMail,
  resetPasswordMail,
} from '../../src/features/mails/pages.ts';
import * as account from '../../src/features/mails/pages/account.ts';
import { decisionMail, messageMail } from '../../src/features/mails/pages/decisions.ts';
import { identityMail } from '../../src/features/mails/pages/identities.ts';
import * as ownData from '../../src/features/mails/pages/own-data.ts';
import { passkeyAddedMail, passkeyRemovedMail } from '../../src/features/mails/pages/passkeys.ts';
import * as twoStep from '../../src/features/mails/pages/two-step.ts';
import { noticeMail } from '../../src/features/notifications/pages/mail.ts';
import type { NotificationRow } from '../../src/features/notifications/rows.ts';
import type { TopicRow } from '../../src/features/threads/index.ts';
import { gatheredMail } from '../../src/features/weekly/pages/gathered-mail.ts';
import { weekMail } from '../../src/features/weekly/pages/week-mail.ts';
import { escapeHtml, type SafeHtml } from '../../src/lib/html.ts';
import { openViews, type MailModel, type Mails } from '../../src/web/views.ts';

/** What ends elements, attributes and references where it is not escaped; of several lines, as texts are. */
const NASTY = 'A & B <b>"bold"</b>\n\nSecond ’paragraph’ </pre> &amp';
const LINE = NASTY.replaceAll(/\s+/g, ' ');
const AT = new Date('2026-04-03T14:30:00Z');
const changedAt = AT.toISOString();
const ME = 7 as MemberId;

const facts: MailFacts = {
  member: 'ana',
  settings: { ...DEFAULT_SETTINGS, name: LINE, tagline: LINE, contact: 'desk@forum.example' },
  siteUrl: 'https://forum.example',
  secret: 'of an audit, long enough to be a secret',
};
/** Of a forum that names nobody to write to. */
const withoutContact: MailFacts = { ...facts, settings: DEFAULT_SETTINGS };
/** To somebody without an account. */
const reporter: MailFacts = { ...facts, member: '' };

const statement: Statement = {
  ...{ id: 3 as ActionId, kind: 'refuse', at: AT, rule: 4, reason: LINE, automatic: false, what: '' },
  ...{ actorId: ME, actor: { name: 'mod', number: 1 }, topic: { id: 1 as TopicId, title: LINE } },
  ...{ undone: null, sanctionLiftedAt: null, appealedId: null, until: undefined },
  ...{ own: { posts: 1, topic: false }, grounds: ['report', 'held'] },
};
const sanction: Statement = {
  ...statement,
  ...{ kind: 'suspend', rule: null, automatic: true, topic: null, until: AT, grounds: [] },
};
const refused = { id: 5 as PostId, topic: LINE, isOpening: false, postedAt: AT, markdown: NASTY };

const report: ReportRow = {
  ...{ postId: 5 as PostId, email: 'eve@example.org', at: AT, outcome: 'upheld' },
  decision: { kind: 'hide', automatic: false, reason: LINE, rule: 4 },
};

const notice: NotificationRow = {
  ...{ id: 9 as NotificationId, kind: 'reply', at: AT, readAt: null, actor: { name: 'bo', role: 'member' } },
  topic: { id: 1 as TopicId, title: LINE, slug: 'a-b' },
  post: { id: 5 as PostId, isOpening: false, isTopLevel: false, bodyHtml: paragraphs(NASTY) },
  followed: { tag: null, section: null, host: null, member: null, word: null },
  ...{ action: null, message: null },
};
const long: NotificationRow = {
  ...notice,
  kind: 'new-topic',
  post: { id: 6 as PostId, isOpening: true, isTopLevel: false, bodyHtml: paragraphs(NASTY.repeat(200)) },
};
const ofModerators: NotificationRow = {
  ...notice,
  ...{ kind: 'action', post: null },
  action: { id: 3 as ActionId, kind: 'hide', rule: 4, reason: LINE, data: {}, into: null },
};
/** More topics than stand in one mail, and of the first more than stand under a topic. */
const gathered: readonly NotificationRow[] = [
  ...Array.from({ length: 8 }, () => notice),
  ofModerators,
  ...Array.from({ length: 120 }, (_, n) => ({
    ...long,
    topic: { id: (n + 2) as TopicId, title: LINE, slug: 'a' },
  })),
];

const topic = {
  ...{ id: 1 as TopicId, slug: 'a-b', title: LINE, sectionSlug: 'funding', sectionName: LINE },
  ...{ authorName: null, replyCount: 3, score: 12, source: { url: 'https://a.example/', host: 'a.example' } },
} as TopicRow;
const week = { name: '2026-W14', startsAt: new Date('2026-03-30T00:00:00Z') };

const link = { linkId: 'x'.repeat(22) };
const passkey = { label: LINE, changedAt };
const identity = { provider: 'GitHub', label: LINE, changedAt };

function paragraphs(text: string): SafeHtml {
  return text
    .split('\n\n')
    .map((each) => `<p>${escapeHtml(each)}</p>`)
    .join('') as SafeHtml;
}

/** @throws when the notice is about no post */
function mailOf(row: NotificationRow): Mails['notice'] {
  const mail = noticeMail(facts, ME, row);
  if (!mail) throw new Error('A notice about a post has a mail.');
  return mail.model;
}

const MAILS: { readonly [Name in keyof Mails]: readonly (Mails[Name] & MailModel)[] } = {
  'confirm-email': [confirmEmailMail(facts, link), confirmEmailMail(withoutContact, link)],
  'address-in-use': (['sign-up', 'change'] as const).map((wantedBy) =>
    addressInUseMail(facts, { newcomer: 'eve', wantedBy }),
  ),
  'address-barred': [ownData.addressBarredMail(facts, AT)],
  'reset-password': [resetPasswordMail(facts, link.linkId)],
  'password-changed': [passwordChangedMail(facts, AT), passwordChangedMail(withoutContact, AT)],
  'confirm-new-email': [account.confirmNewEmailMail(facts, link.linkId)],
  'agree-to-new-email': [account.agreeToNewEmailMail(facts, { ...link, newEmail: 'ana@example.org' })],
  'email-changed': [account.emailChangedMail(facts, AT), account.emailChangedMail(withoutContact, AT)],
  'new-login': [facts, withoutContact].map((each) =>
    account.newLoginMail(each, { device: LINE, place: LINE, at: changedAt }),
  ),
  'passkey-added': [passkeyAddedMail(facts, passkey), passkeyAddedMail(withoutContact, passkey)],
  'passkey-removed': [passkeyRemovedMail(facts, passkey), passkeyRemovedMail(withoutContact, passkey)],
  'two-step-on': [twoStep.twoStepOnMail(facts, AT), twoStep.twoStepOnMail(withoutContact, AT)],
  'two-step-off': [twoStep.twoStepOffMail(facts, AT), twoStep.twoStepOffMail(withoutContact, AT)],
  'recovery-code-used': [facts, withoutContact].map((each) => twoStep.recoveryCodeUsedMail(each, AT)),
  'recovery-codes-made': [facts, withoutContact].map((each) => twoStep.recoveryCodesMadeMail(each, AT)),
  'identity-connected': [facts, withoutContact].map((each) =>
    identityMail(each, { mail: 'identity-connected', ...identity }),
  ),
  'identity-disconnected': [facts, withoutContact].map((each) =>
    identityMail(each, { mail: 'identity-disconnected', ...identity }),
  ),
  'export-ready': [ownData.exportReadyMail(facts, AT)],
  'export-failed': [ownData.exportFailedMail(facts)],
  'deletion-asked': [ownData.deletionAskedMail(facts, AT)],
  'account-deleted': [ownData.accountDeletedMail(facts)],
  decision: [decisionMail(facts, statement, [refused]), decisionMail(facts, sanction, [])],
  message: [messageMail(facts, { itemId: 2 as QueueItemId, body: NASTY })],
  'report-received': [reportReceivedMail(reporter, report)],
  'report-decided': [
    reportDecidedMail(reporter, report),
    reportDecidedMail({ ...withoutContact, member: '' }, { ...report, outcome: 'rejected', decision: null }),
  ],
  notice: [mailOf(notice), mailOf(long)],
  gathered: (['daily', 'weekly'] as const).map((which) =>
    gatheredMail(facts, { to: ME, which, notices: which === 'daily' ? [notice] : gathered }),
  ),
  week: [weekMail(facts, { to: ME, week, topics: [topic, { ...topic, sectionSlug: 'other' }] })],
};

/**
 * Writes the HTML of all of them into a folder, a file each, for a checker.
 * @returns the names of the kinds
 */
export function writeMails(folder: string): readonly string[] {
  mkdirSync(folder, { recursive: true });
  const views = openViews();
  const write = <Name extends keyof Mails>(name: Name): void => {
    for (const [index, model] of MAILS[name].entries())
      writeFileSync(join(folder, `${name}-${index}.html`), views.renderMail(name, model).html);
  };
  const names = Object.keys(MAILS) as (keyof Mails)[];
  for (const name of names) write(name);
  return names;
}
