// The page of settings on which members choose how the forum looks.
import type { Form } from '../../../web/forms.ts';
import { paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import type { AppearanceField } from '../settings-forms.ts';
import { savedSentence, settingsTabs, type Tab } from './frame.ts';

interface Choice {
  readonly name: AppearanceField;
  readonly legend: string;
  readonly error: string;
  readonly options: readonly {
    readonly id: string;
    readonly value: string;
    readonly label: string;
    readonly chosen: boolean;
  }[];
}

export interface AppearancePage {
  readonly head: Head;
  readonly tabs: readonly Tab[];
  readonly saved: string;
  readonly form: Form<AppearanceField>;
  readonly formHref: string;
  readonly choices: readonly Choice[];
  readonly keysHref: string;
  readonly timeZone: { readonly name: string; readonly href: string };
}

declare module '../../../web/views.ts' {
  interface Views {
    'members/appearance': AppearancePage;
  }
}

const CHOICES: readonly {
  readonly name: AppearanceField;
  readonly legend: string;
  readonly options: readonly (readonly [value: string, label: string])[];
}[] = [
  {
    name: 'theme',
    legend: 'Theme',
    options: [
      ['auto', 'As the system says'],
      ['light', 'Light'],
      ['dark', 'Dark'],
    ],
  },
  {
    name: 'density',
    legend: 'Density',
    options: [
      ['comfortable', 'Comfortable'],
      ['compact', 'Compact: more on a screen'],
    ],
  },
  {
    name: 'textSize',
    legend: 'Size of texts',
    options: [
      ['small', 'Small'],
      ['medium', 'Medium'],
      ['large', 'Large'],
    ],
  },
  {
    name: 'listSort',
    legend: 'Lists of topics begin with',
    options: [
      ['hot', 'Hot'],
      ['new', 'New'],
      ['active', 'Active'],
    ],
  },
  {
    name: 'pageSize',
    legend: 'Entries on a page of a list',
    options: [
      ['15', '15'],
      ['30', '30'],
      ['60', '60'],
    ],
  },
  {
    name: 'replySort',
    legend: 'Replies begin with',
    options: [
      ['best', 'The best'],
      ['new', 'The newest'],
      ['old', 'The oldest'],
    ],
  },
  {
    name: 'modelWritten',
    legend: 'What its author marked as written with a model',
    options: [
      ['show', 'Stands among everything else, with the mark'],
      ['hide', 'Left out of lists, and folded in topics'],
    ],
  },
  {
    name: 'keys',
    legend: 'Single keys in lists and topics',
    options: [
      ['on', 'Move and act'],
      ['off', 'Do nothing'],
    ],
  },
];

const SAVED = { appearance: 'Your choice is saved.' };

export function appearancePage(facts: {
  readonly form: Form<AppearanceField>;
  readonly timeZone: string;
  /** As it stands in the address. */
  readonly saved?: unknown;
}): AppearancePage {
  const { form, timeZone, saved } = facts;
  return {
    head: { title: 'Appearance', noindex: true, section: 'none' },
    tabs: settingsTabs('Appearance'),
    saved: savedSentence(SAVED, saved),
    form,
    formHref: paths.appearance(),
    keysHref: paths.keys(),
    timeZone: { name: timeZone.replaceAll('_', ' '), href: paths.mailTimes() },
    choices: CHOICES.map(({ name, legend, options }) => ({
      name,
      legend,
      error: form.fields[name].error,
      options: options.map(([value, label], index) => ({
        // The first carries the name alone: an error leads to it.
        id: index === 0 ? name : `${name}-${value}`,
        value,
        label,
        chosen: form.fields[name].value === value,
      })),
    })),
  };
}
