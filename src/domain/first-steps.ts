// What whoever runs a new forum does first. Computed from what is there: nothing is ticked off by hand, and the list goes
// by itself.
import { NEW_MEMBER } from './limits.ts';
import { DEFAULT_SECTIONS, type SectionDefault } from './sections.ts';
import { DEFAULT_SETTINGS, type Settings } from './settings.ts';

export interface Beginning {
  readonly settings: Pick<Settings, 'name' | 'tagline' | 'rules'>;
  readonly sections: readonly Pick<SectionDefault, 'slug' | 'name'>[];
  /** Elsewhere mails are kept and the address is the machine's own: there is nothing to set up. */
  readonly production: boolean;
  readonly siteUrl: string;
  readonly mailsAreSent: boolean;
  readonly hasTopic: boolean;
  readonly memberCount: number;
  /** Moderators and admins. */
  readonly staff: number;
}

export type StepName = 'name' | 'rules' | 'sections' | 'mail' | 'address' | 'topic' | 'people' | 'moderator';

export interface FirstStep {
  readonly name: StepName;
  readonly done: boolean;
}

/**
 * The steps in the order in which they are best taken; none once all that matters is done. A name, rules and sections as
 * delivered may be just what is wanted, so they are brought to mind but keep the list from going no longer than the rest.
 */
export function firstSteps(facts: Beginning): readonly FirstStep[] {
  const { settings, production, memberCount, staff } = facts;
  const grown = memberCount >= NEW_MEMBER.inForceFromMembers;
  const steps: readonly (FirstStep & { readonly matters: boolean })[] = [
    { name: 'name', done: !isAsDelivered(settings, ['name', 'tagline']), matters: false },
    { name: 'rules', done: !isAsDelivered(settings, ['rules']), matters: false },
    { name: 'sections', done: !areAsDelivered(facts.sections), matters: false },
    ...(production
      ? [
          { name: 'mail' as const, done: facts.mailsAreSent, matters: true },
          { name: 'address' as const, done: facts.siteUrl.startsWith('https:'), matters: true },
        ]
      : []),
    { name: 'topic', done: facts.hasTopic, matters: true },
    { name: 'people', done: memberCount > 1, matters: true },
    // Nobody decides about their own posts or appeals; a handful of people who know each other can live with that.
    { name: 'moderator', done: staff > 1, matters: grown },
  ];
  if (steps.every(({ done, matters }) => done || !matters)) return [];
  return steps.map(({ name, done }) => ({ name, done }));
}

function isAsDelivered(
  settings: Beginning['settings'],
  names: readonly (keyof Beginning['settings'])[],
): boolean {
  return names.every((name) => settings[name].trim() === DEFAULT_SETTINGS[name].trim());
}

function areAsDelivered(sections: Beginning['sections']): boolean {
  const spell = (list: Beginning['sections']) => JSON.stringify(list.map(({ slug, name }) => [slug, name]));
  return spell(sections) === spell(DEFAULT_SECTIONS);
}
