// The page on which members see where they are logged in.
import { momentView, type MomentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import type { OpenSession } from '../queries.ts';
import { savedSentence, settingsTabs, type Tab } from './frame.ts';

interface SessionView {
  /** What ends it. */
  readonly key: string;
  readonly device: string;
  /** "192.0.2.x"; '' when it is not known. */
  readonly place: string;
  /** Whether this page was asked for in it. */
  readonly here: boolean;
  readonly since: MomentView;
  readonly seen: MomentView;
}

export interface SessionsPage {
  readonly head: Head;
  readonly tabs: readonly Tab[];
  readonly saved: string;
  readonly formHref: string;
  readonly sessions: readonly SessionView[];
  /** Whether there is any but this one. */
  readonly others: boolean;
}

declare module '../../../web/views.ts' {
  interface Views {
    'members/sessions': SessionsPage;
  }
}

const SAVED = {
  one: 'That device is logged out.',
  others: 'All other devices are logged out.',
};

/** @param hereHash of the session that asks */
export function sessionsPage(facts: {
  readonly sessions: readonly OpenSession[];
  readonly hereHash: string;
  readonly saved: unknown;
}): SessionsPage {
  const { hereHash, saved } = facts;
  const sessions = facts.sessions.map(({ idHash, device, addressPrefix, createdAt, lastSeenAt }) => ({
    key: idHash,
    device: device === '' ? 'Unknown device' : device,
    place: addressPrefix,
    here: idHash === hereHash,
    since: momentView(createdAt),
    seen: momentView(lastSeenAt),
  }));
  return {
    head: { title: 'Sessions', noindex: true, section: 'none' },
    tabs: settingsTabs('Sessions'),
    saved: savedSentence(SAVED, saved),
    formHref: paths.sessions(),
    sessions,
    others: sessions.some(({ here }) => !here),
  };
}
