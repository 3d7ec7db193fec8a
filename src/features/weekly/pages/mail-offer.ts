// What pages of weeks say about the week by mail: an offer, or when it comes.
import { paths } from '../../../web/paths.ts';
import type { OwnTimes } from '../queries/times.ts';
import { spellNextMail } from './next-mail.ts';

export interface MailOffer {
  /** For visitors; '' for members. */
  readonly signInHref: string;
  readonly formHref: string;
  /** Where the form leads back to. */
  readonly here: string;
  readonly asked: boolean;
  /** "Monday 30 November, 08:00 Europe/Vienna"; '' for visitors. */
  readonly nextMail: string;
  readonly timesHref: string;
}

/** @param times of a member; undefined for visitors */
export function mailOffer(times: OwnTimes | undefined, here: string, now: Date): MailOffer {
  return {
    signInHref: times ? '' : paths.signIn(here),
    formHref: paths.weeksMail(),
    here,
    asked: times !== undefined && times.weekByMailSince !== null,
    nextMail: times ? spellNextMail(times, 'week', now) : '',
    timesHref: paths.mailTimes(),
  };
}
