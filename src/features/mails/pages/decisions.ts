// Mails about what moderators decided and said. They say what the page of the decision says, shorter.
import type { OwnText, Statement } from '../../../db/statements.ts';
import { isAppealable } from '../../../domain/appeals.ts';
import type { QueueItemId } from '../../../domain/ids.ts';
import { APPEALS } from '../../../domain/moderation-limits.ts';
import { spellDone, spellGrounds, spellMeaning, spellTerm, titleOfRule } from '../../../domain/statement.ts';
import { momentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { MailModel } from '../../../web/views.ts';
import { type MailFacts, mailModel } from '../pages.ts';

interface DecisionMail extends MailModel {
  /** "Your reply was hidden" */
  readonly done: string;
  /** Title of the topic; '' when there is none that the member may see. */
  readonly topic: string;
  readonly meaning: string;
  /** "3 April 2026, 14:30 UTC" */
  readonly when: string;
  /** '' where that is no question. */
  readonly term: string;
  readonly reason: string;
  /** "rule 4, Sell nothing, hide nothing"; '' when none is named. */
  readonly rule: string;
  readonly rulesHref: string;
  readonly grounds: string;
  readonly decided: string;
  /** Until when an appeal can be made; '' when there is none. */
  readonly appealUntil: string;
  readonly href: string;
  readonly noticesHref: string;
  /** What the author wrote, given back with a refusal. */
  readonly texts: readonly string[];
}

interface MessageMail extends MailModel {
  readonly paragraphs: readonly string[];
  readonly href: string;
  readonly noticesHref: string;
}

declare module '../../../web/views.ts' {
  interface Mails {
    decision: DecisionMail;
    message: MessageMail;
  }
}

/** @param texts the member's own that were refused: nobody else has seen them */
export function decisionMail(
  facts: MailFacts,
  statement: Statement,
  texts: readonly OwnText[],
): DecisionMail {
  const { settings, siteUrl } = facts;
  const done = spellDone(statement);
  const { id, kind, at, rule, undone } = statement;
  const title = rule === null ? '' : titleOfRule(settings.rules, rule);
  const appealable = isAppealable(kind) && undone === null;
  return {
    ...mailModel(facts, `${done} on ${settings.name}`),
    done,
    topic: statement.topic?.title ?? '',
    meaning: spellMeaning(statement),
    when: momentView(at).full,
    term: spellTerm(statement),
    reason: statement.reason,
    rule: rule === null ? '' : `rule ${rule}${title === '' ? '' : `, ${title}`}`,
    rulesHref: siteUrl + paths.rules(),
    grounds: spellGrounds(statement),
    decided: statement.automatic ? 'Automatically; no person decided.' : 'By a person, a moderator.',
    appealUntil: appealable ? momentView(new Date(at.getTime() + APPEALS.within)).day : '',
    href: siteUrl + paths.decision(id),
    noticesHref: siteUrl + paths.notices(),
    texts: texts.flatMap(({ markdown }) => (markdown ? [markdown] : [])),
  };
}

export function messageMail(
  facts: MailFacts,
  { itemId, body }: { readonly itemId: QueueItemId; readonly body: string },
): MessageMail {
  return {
    ...mailModel(facts, `A moderator of ${facts.settings.name} has written to you`),
    paragraphs: body.split(/\n{2,}/),
    href: facts.siteUrl + paths.talk(itemId),
    noticesHref: facts.siteUrl + paths.notices(),
  };
}
