// The page of settings on which members choose when gathered mails come.
import { clockTime, listTimeZones, type MailTimes } from '../../../domain/mail-times.ts';
import type { Form } from '../../../web/forms.ts';
import { paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import { savedSentence, settingsTabs, type Tab } from '../../members/pages.ts';
import type { TimesField } from '../forms.ts';
import { spellNextMail, zoneName } from './next-mail.ts';

interface Option {
  readonly value: string;
  readonly text: string;
  readonly chosen: boolean;
}

interface TimesPage {
  readonly head: Head;
  readonly tabs: readonly Tab[];
  readonly saved: string;
  readonly form: Form<TimesField>;
  readonly formHref: string;
  readonly zones: readonly { readonly region: string; readonly options: readonly Option[] }[];
  readonly hours: readonly Option[];
  readonly days: readonly Option[];
  readonly week: boolean;
  readonly weeksHref: string;
  /** When the next mails come by what is saved. */
  readonly nextDaily: string;
  readonly nextWeekly: string;
  /** When a week is over, by the clock of the member: "Monday, 01:00" */
  readonly weekEnds: string;
  /** '' for whoever can be reached by mail. */
  readonly confirmHref: string;
}

declare module '../../../web/views.ts' {
  interface Views {
    'weekly/times': TimesPage;
  }
}

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
const SAVED = { times: 'Your choice is saved.' };

export function timesPage(facts: {
  readonly form: Form<TimesField>;
  /** As they are in force. */
  readonly times: MailTimes;
  readonly reachable: boolean;
  /** When the running week ends. */
  readonly weekEnds: Date;
  readonly now: Date;
  readonly saved?: unknown;
}): TimesPage {
  const { form, times, reachable, weekEnds, now, saved } = facts;
  const { timeZone, mailHour, mailDay, week } = form.fields;
  const hours = Array.from({ length: 24 }, (_, hour) => hour);
  const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: times.timeZone });
  return {
    head: { title: 'When mails come', noindex: true, section: 'none' },
    tabs: settingsTabs('Notices'),
    saved: savedSentence(SAVED, saved),
    form,
    formHref: paths.mailTimes(),
    zones: zoneOptions(timeZone.value, now),
    hours: hours.map((hour) => ({
      value: String(hour),
      text: `${String(hour).padStart(2, '0')}:00`,
      chosen: String(hour) === mailHour.value,
    })),
    days: DAYS.map((text, index) => ({
      value: String(index + 1),
      text,
      chosen: String(index + 1) === mailDay.value,
    })),
    week: week.value !== '',
    weeksHref: paths.weeks(),
    nextDaily: spellNextMail(times, 'day', now),
    nextWeekly: spellNextMail(times, 'week', now),
    weekEnds: `${weekday.format(weekEnds)}, ${clockTime(weekEnds, times.timeZone)}`,
    confirmHref: reachable ? '' : paths.account(),
  };
}

/** "Europe" holds "Europe/Vienna"; what stands in no region stands first. */
function zoneOptions(chosen: string, now: Date): TimesPage['zones'] {
  const regions = new Map<string, Option[]>();
  const names = listTimeZones();
  // An older name of a zone is as good.
  for (const name of names.includes(chosen) || chosen === '' ? names : [...names, chosen]) {
    const [region = '', ...place] = name.split('/');
    const key = place.length === 0 ? 'Everywhere' : region;
    const text = `${zoneName(place.join('/') || name)} (${clockTime(now, name)})`;
    regions.set(key, [...(regions.get(key) ?? []), { value: name, text, chosen: name === chosen }]);
  }
  return [...regions].map(([region, options]) => ({ region, options }));
}
