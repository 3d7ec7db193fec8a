// What the admin of a new forum does next, as a list in words, each step with the place where it is taken.
import { type Beginning, firstSteps, type StepName } from '../../../domain/first-steps.ts';
import type { SignUpMode } from '../../../domain/settings.ts';
import { paths } from '../../../web/paths.ts';

interface StepView {
  readonly done: boolean;
  readonly text: string;
  /** '' for what is set where the server is started. */
  readonly href: string;
  readonly why: string;
  readonly instead: { readonly text: string; readonly href: string } | null;
}

export interface FirstStepsView {
  readonly steps: readonly StepView[];
}

type Words = Pick<StepView, 'text' | 'href' | 'why'> & Partial<Pick<StepView, 'instead'>>;

/** Null when nothing is to be done. */
export function firstStepsView(
  facts: Beginning & { readonly settings: { readonly signUp: SignUpMode } },
): FirstStepsView | null {
  const steps = firstSteps(facts);
  if (steps.length === 0) return null;
  return {
    steps: steps.map(({ name, done }) => ({ done, instead: null, ...wordsOf(name, facts.settings.signUp) })),
  };
}

function wordsOf(name: StepName, signUp: SignUpMode): Words {
  const settings = (field: string) => `${paths.admin()}#${field}`;
  switch (name) {
    case 'name':
      return {
        text: 'Give the forum its own name and line',
        href: settings('name'),
        why: 'Readers see them first.',
      };
    case 'rules':
      return {
        text: 'Make the rules yours',
        href: settings('rules'),
        why: 'Moderators decide by their numbers.',
      };
    case 'sections':
      return { text: 'Choose the sections', href: paths.adminSections(), why: 'Few are better than many.' };
    case 'mail':
      return {
        text: 'Set SMTP_URL where the server is started',
        href: '',
        why: 'Without mail nobody confirms an address or gets a new password.',
      };
    case 'address':
      return {
        text: 'Set SITE_URL to an address that begins with https',
        href: '',
        why: 'Passwords cross the network.',
      };
    case 'topic':
      return {
        text: 'Post the first topic',
        href: paths.submit(),
        why: '',
        instead: { text: 'start with the news of feeds', href: paths.adminFeeds() },
      };
    case 'people':
      return signUp === 'closed'
        ? { text: 'Open the sign-up', href: settings('signUp'), why: 'Nobody can join yet.' }
        : {
            text: 'Invite people',
            href: paths.ownInvitations(),
            why: 'A question to two of them begins a discussion.',
          };
    case 'moderator':
      return {
        text: 'Make somebody else a moderator',
        href: paths.adminMembers(),
        why: 'Nobody decides about their own posts and appeals.',
      };
  }
}
