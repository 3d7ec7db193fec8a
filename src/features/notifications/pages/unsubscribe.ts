// The page that a mail's link to end such mails opens, and what it says once they are ended.
import { NOTICES } from '../../../domain/notices.ts';
import { paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import type { Unsubscribed } from '../../mails/index.ts';

export interface UnsubscribePage {
  readonly head: Head;
  readonly done: boolean;
  /** "mails at once about replies to you" */
  readonly mails: string;
  /** What is told by the inbox as before; '' for the week's topics, which stand in none. */
  readonly inbox: string;
  /** The address with the key. */
  readonly formHref: string;
  readonly noticesHref: string;
}

declare module '../../../web/views.ts' {
  interface Views {
    'notifications/unsubscribe': UnsubscribePage;
  }
}

const GATHERED = {
  daily: 'the daily mail',
  weekly: 'the weekly mail of notices',
  week: 'the mail of the week’s topics',
} as const;

export function unsubscribePage({
  what,
  here,
  done,
}: {
  readonly what: Unsubscribed;
  readonly here: string;
  readonly done: boolean;
}): UnsubscribePage {
  const isGathered = what === 'daily' || what === 'weekly' || what === 'week';
  return {
    head: { title: done ? 'Mails ended' : 'End mails', noindex: true },
    done,
    mails: isGathered ? GATHERED[what] : `mails about: ${NOTICES[what].label.toLowerCase()}`,
    inbox: what === 'week' ? '' : 'Your inbox here stays as it is.',
    formHref: here,
    noticesHref: paths.notices(),
  };
}
