// The page of settings about who sees what of a member, and what they can do about it.
import { TRUST, WINDOWS } from '../../../domain/limits.ts';
import { mayOrderExport } from '../../../domain/policy/own-data.ts';
import { spellDuration } from '../../../domain/times.ts';
import { counted, momentView, type MomentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import { savedSentence, settingsTabs, type Tab } from '../../members/pages.ts';
import type { LastExport } from '../queries.ts';

interface ExportView {
  /** What became of the copy ordered last: one of these, or none when there is none (any more). */
  readonly waiting: boolean;
  readonly ready: boolean;
  readonly failed: boolean;
  readonly ordered: MomentView | null;
  readonly until: MomentView | null;
  /** "1.4 MB" */
  readonly size: string;
  readonly downloadHref: string;
  /** '' while none can be ordered. */
  readonly orderHref: string;
  /** From when on another can be ordered; null: at once. */
  readonly from: MomentView | null;
}

export interface PrivacyPage {
  readonly head: Head;
  readonly tabs: readonly Tab[];
  readonly saved: string;
  readonly refusal: string;
  readonly formHref: string;
  readonly hidden: boolean;
  readonly forgetful: boolean;
  /** "20 topics" */
  readonly topicsForTrust: string;
  readonly forgetHref: string;
  /** "12 topics"; '' when there is nothing to forget. */
  readonly remembered: string;
  readonly privacyHref: string;
  readonly copy: ExportView;
  readonly lasts: string;
  readonly deletionHref: string;
  readonly grace: string;
  /** When the account will be deleted; null: it stays. */
  readonly leaving: MomentView | null;
}

declare module '../../../web/views.ts' {
  interface Views {
    'own-data/privacy': PrivacyPage;
  }
}

const SAVED = {
  choices: 'Your choices have been saved.',
  forgotten: 'What you have read has been forgotten.',
  ordered: 'The copy of your data is being made. A mail tells you when it is ready.',
  kept: 'Your account stays.',
};

export function privacyPage(facts: {
  readonly choices: {
    readonly hiddenFromSearchEngines: boolean;
    readonly remembersReading: boolean;
    readonly topicsRemembered: number;
  };
  readonly lastExport: LastExport | undefined;
  readonly leavingAt: Date | null;
  readonly now: Date;
  /** As it stands in the address. */
  readonly saved?: unknown;
  readonly refusal?: string;
}): PrivacyPage {
  const { choices, lastExport, leavingAt, now, saved, refusal = '' } = facts;
  const { hiddenFromSearchEngines, remembersReading, topicsRemembered } = choices;
  return {
    head: { title: 'Privacy settings', noindex: true, section: 'none' },
    tabs: settingsTabs('Privacy'),
    saved: savedSentence(SAVED, saved),
    refusal,
    formHref: paths.privacySettings(),
    hidden: hiddenFromSearchEngines,
    forgetful: !remembersReading,
    topicsForTrust: counted(TRUST.newUntil.topicsRead, 'topic', 'topics'),
    forgetHref: paths.forgetReading(),
    remembered: topicsRemembered === 0 ? '' : counted(topicsRemembered, 'topic', 'topics'),
    privacyHref: paths.privacy(),
    copy: exportView(lastExport, now),
    lasts: spellDuration(WINDOWS.exportKept),
    deletionHref: paths.deletion(),
    grace: spellDuration(WINDOWS.deletionGrace),
    leaving: leavingAt && momentView(leavingAt),
  };
}

function exportView(last: LastExport | undefined, now: Date): ExportView {
  const verdict = mayOrderExport(last, now);
  return {
    waiting: last?.state === 'waiting',
    ready: last !== undefined && last.expiresAt !== null && last.expiresAt > now,
    failed: last?.state === 'failed',
    ordered: last ? momentView(last.orderedAt) : null,
    until: last?.expiresAt ? momentView(last.expiresAt) : null,
    size: spellSize(last?.bytes ?? 0),
    downloadHref: paths.exportDownload(),
    orderHref: verdict.allowed ? paths.exportOrder() : '',
    from:
      verdict.allowed || !last
        ? null
        : momentView(new Date(last.orderedAt.getTime() + WINDOWS.betweenExports)),
  };
}

function spellSize(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
