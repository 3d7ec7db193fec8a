// The mails to people who reported illegal content without an account. Whether the address is theirs nobody knows, so
// nothing that was typed stands in them: they are no way to have somebody else's mailbox written to.
import { ACTIONS, withRule } from '../../../domain/actions.ts';
import { REPORTS } from '../../../domain/moderation-limits.ts';
import { spellDuration } from '../../../domain/times.ts';
import { momentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { MailModel } from '../../../web/views.ts';
import { type MailFacts, mailModel } from '../../mails/pages.ts';
import type { ReportRow } from '../queries/reports.ts';

interface ReportMail extends MailModel {
  /** "3 April 2026, 14:30 UTC" */
  readonly reported: string;
  readonly postHref: string;
  /** "183 days": how long name and address are kept after the decision. */
  readonly kept: string;
}

interface ReportDecidedMail extends ReportMail {
  readonly agreed: boolean;
  /** "Hidden"; '' where it is not known what exactly was done. */
  readonly done: string;
  /** The reason that stands in the public log; '' for none. */
  readonly reason: string;
  readonly automatic: boolean;
  readonly logHref: string;
  /** Address of those who run the forum; '' when none is given. */
  readonly contact: string;
  /** Where it can be reported again; '' when there is no need. */
  readonly againHref: string;
}

declare module '../../../web/views.ts' {
  interface Mails {
    'report-received': ReportMail;
    'report-decided': ReportDecidedMail;
  }
}

export function reportReceivedMail(facts: MailFacts, report: ReportRow): ReportMail {
  return reportMail(facts, `Your report to ${facts.settings.name} has come in`, report);
}

export function reportDecidedMail(facts: MailFacts, report: ReportRow): ReportDecidedMail {
  const { settings, siteUrl } = facts;
  const { decision, outcome, postId } = report;
  const logged = decision !== null && ACTIONS[decision.kind].inLog;
  return {
    ...reportMail(facts, `What became of your report to ${settings.name}`, report),
    agreed: outcome === 'upheld',
    done: logged ? ACTIONS[decision.kind].label.toLowerCase() : '',
    reason: logged ? withRule(decision.reason, decision.rule) : '',
    automatic: decision?.automatic ?? false,
    logHref: siteUrl + paths.moderationLog(),
    contact: settings.contact,
    againHref: postId === null || outcome === 'upheld' ? '' : siteUrl + paths.postReport(postId),
  };
}

function reportMail(facts: MailFacts, subject: string, { at, postId }: ReportRow): ReportMail {
  return {
    ...mailModel(facts, subject),
    reported: momentView(at).full,
    postHref: postId === null ? '' : facts.siteUrl + paths.post(postId),
    kept: spellDuration(REPORTS.reporterKept),
  };
}
