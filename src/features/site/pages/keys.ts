// The page of the keys. What each does is public/scripts/reading-keys.js.
import type { Viewer } from '../../../domain/viewer.ts';
import { paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';

interface KeyGroup {
  readonly heading: string;
  readonly keys: readonly { readonly key: string; readonly does: string }[];
}

export interface KeysPage {
  readonly head: Head;
  readonly groups: readonly KeyGroup[];
  /** Where members switch keys off; '' for visitors, who do so on this page. */
  readonly settingsHref: string;
}

declare module '../../../web/views.ts' {
  interface Views {
    'site/keys': KeysPage;
  }
}

const GROUPS: readonly KeyGroup[] = [
  {
    heading: 'Everywhere',
    keys: [
      { key: '/', does: 'Search' },
      { key: '?', does: 'Show these keys' },
    ],
  },
  {
    heading: 'In lists',
    keys: [
      { key: 'J', does: 'Next' },
      { key: 'K', does: 'Previous' },
      { key: 'O', does: 'Open the discussion' },
      { key: 'U', does: 'Upvote, or take it back' },
    ],
  },
  {
    heading: 'In topics',
    keys: [
      { key: 'J', does: 'Next reply' },
      { key: 'K', does: 'Previous reply' },
      { key: 'O', does: 'Fold or unfold the reply; open the article' },
      { key: 'U', does: 'Upvote, or take it back' },
      { key: 'R', does: 'Reply' },
      { key: 'Q', does: 'Reply with a quote' },
      { key: 'S', does: 'Save, or take it back' },
    ],
  },
];

export function keysPage(viewer: Viewer): KeysPage {
  return {
    head: { title: 'Keyboard', noindex: true, section: 'none' },
    groups: GROUPS,
    settingsHref: viewer.kind === 'member' ? paths.appearance() : '',
  };
}
