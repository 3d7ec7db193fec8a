// The frame around every page: head, masthead, sections, footer. Its model is made here, once a request.
import { DEFAULT_READING } from '../domain/appearance.ts';
import { identiconOf, type Identicon } from '../domain/identicon.ts';
import { withRule } from '../domain/actions.ts';
import type { SanctionNotice } from '../db/standing.ts';
import { spellUnread } from '../domain/notices.ts';
import { sanctionSentence } from '../domain/policy/writing.ts';
import { FOREVER } from '../domain/times.ts';
import { isAdmin, isModerator } from '../domain/viewer.ts';
import type { Assets } from './assets.ts';
import { momentView, type MomentView } from './moments.ts';
import { headView, type HeadView } from './page-head.ts';
import { paths } from './paths.ts';
import type { Site } from './site.ts';
import { readingOf, type SignedIn } from './viewer.ts';
import type { Theme } from '../db/schema/index.ts';
import type { Head } from './views.ts';

export interface LayoutModel {
  readonly head: HeadView;
  readonly site: { readonly name: string; readonly tagline: string };
  readonly assets: Assets & { readonly theme: string };
  readonly viewer: ViewerView;
  readonly sections: readonly { readonly name: string; readonly href: string; readonly current: boolean }[];
  readonly allCurrent: boolean;
  /** False before the forum was set up: every way on leads to where that is done. */
  readonly open: boolean;
  readonly today: MomentView;
  readonly todayText: string;
  readonly theme: {
    readonly value: string;
    readonly auto: boolean;
    readonly light: boolean;
    readonly dark: boolean;
  };
  /** Less space between things. */
  readonly compact: boolean;
  /** '' for the usual one. */
  readonly textSize: string;
  /** Whether single keys act: 'on' or 'off' for members; '' for visitors, whose browser knows. */
  readonly keys: string;
  /** Of the times on the page; '' where the browser's is as good. */
  readonly timeZone: string;
  readonly query: string;
  readonly here: string;
}

export interface ViewerView {
  readonly signedIn: boolean;
  /** Nobody is, for certain. */
  readonly visitor: boolean;
  readonly name: string;
  readonly href: string;
  readonly identicon: Identicon;
  readonly moderator: boolean;
  readonly admin: boolean;
  /** Unread notifications: '' for none, "99+" where they were not counted further. */
  readonly unread: string;
  readonly queue: number;
  /** How many texts wait to be sent. */
  readonly drafts: number;
  /** Where the e-mail address is confirmed; '' when that is done, or this is the page. */
  readonly confirmHref: string;
  /** While the account is to be deleted: when, and where that is taken back. */
  readonly leaving: { readonly at: MomentView; readonly keepHref: string } | null;
  readonly signInHref: string;
  /** '' while not everybody can join. */
  readonly signUpHref: string;
  /** What a moderator's decision keeps the member from, until when and why, and where they can appeal. */
  readonly sanction: {
    readonly sentence: string;
    readonly reason: string;
    readonly href: string;
    /** Of a warning, which is shown until it is marked read; '' of what ends by itself. */
    readonly readId: number | '';
  } | null;
}

export interface LayoutFacts {
  readonly head: Head;
  readonly site: Site;
  readonly siteUrl: string;
  readonly assets: Assets;
  readonly signedIn: SignedIn | undefined;
  readonly open: boolean;
  /** False when the session could not be looked up: whoever is logged in must not think otherwise. */
  readonly viewerKnown: boolean;
  readonly theme: Theme;
  readonly now: Date;
  /** Path and query of the request: where logging in leads back to. */
  readonly here: string;
  readonly query: string;
}

const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: 'UTC' });

export function layoutModel({
  head,
  site,
  siteUrl,
  assets,
  signedIn,
  open,
  viewerKnown,
  theme,
  now,
  here,
  query,
}: LayoutFacts): LayoutModel {
  const { settings } = site;
  const reading = readingOf({ signedIn });
  const today = momentView(now);
  return {
    head: headView({ head, site, siteUrl, theme }),
    site: { name: settings.name, tagline: settings.tagline },
    assets: { ...assets, theme: site.theme.href },
    viewer: viewerView(signedIn, { known: viewerKnown, here, signUpOpen: settings.signUp === 'open' }),
    sections: site.sections.map(({ slug, name }) => ({
      name,
      href: paths.section(slug),
      current: head.section === slug,
    })),
    allCurrent: head.section === '',
    open,
    today,
    todayText: `${weekday.format(now)} ${today.day}`,
    theme: { value: theme, auto: theme === 'auto', light: theme === 'light', dark: theme === 'dark' },
    compact: signedIn?.reading.density === 'compact',
    textSize: reading.textSize === DEFAULT_READING.textSize ? '' : reading.textSize,
    keys: signedIn ? (reading.usesKeys ? 'on' : 'off') : '',
    timeZone: signedIn?.timeZone === 'UTC' ? '' : (signedIn?.timeZone ?? ''),
    query,
    here,
  };
}

function viewerView(
  signedIn: SignedIn | undefined,
  {
    known,
    here,
    signUpOpen,
  }: {
    readonly known: boolean;
    readonly here: string;
    readonly signUpOpen: boolean;
  },
): ViewerView {
  const name = signedIn?.member.name ?? '';
  const next = here === paths.front() ? undefined : here;
  const leavingAt = signedIn?.member.leavingAt ?? null;
  return {
    signedIn: signedIn !== undefined,
    visitor: known && signedIn === undefined,
    name,
    href: paths.member(name),
    identicon: identiconOf(name),
    moderator: signedIn !== undefined && isModerator(signedIn.member),
    admin: signedIn !== undefined && isAdmin(signedIn.member),
    unread: spellUnread(signedIn?.unreadNotifications ?? 0),
    queue: signedIn?.openQueueItems ?? 0,
    drafts: signedIn?.drafts ?? 0,
    confirmHref:
      signedIn?.member.confirmedAt === null && !here.startsWith(paths.confirm()) ? paths.confirm() : '',
    sanction: signedIn?.sanction ? sanctionView(signedIn.sanction) : null,
    leaving: leavingAt === null ? null : { at: momentView(leavingAt), keepHref: paths.deletionKeep() },
    signInHref: paths.signIn(next),
    signUpHref: signUpOpen ? paths.signUp(next) : '',
  };
}

function sanctionView({
  kind,
  until,
  reason,
  rule,
  actionId,
  unreadId,
}: SanctionNotice): ViewerView['sanction'] {
  return {
    sentence: sanctionSentence(kind, until === null ? FOREVER : new Date(until)),
    reason: withRule(reason, rule).replace(/[.\s]+$/, ''),
    href: paths.decision(actionId),
    readId: kind === 'warning' ? (unreadId ?? '') : '',
  };
}
