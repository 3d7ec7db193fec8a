// What a page's head tells browsers, search engines and previews of links, out of what the page says of itself.
import { PAPER } from '../domain/accent.ts';
import type { Theme } from '../db/schema/index.ts';
import type { SafeHtml } from '../lib/html.ts';
import { paths } from './paths.ts';
import type { Site } from './site.ts';
import { breadcrumbs, webSite } from './structured-data.ts';
import type { Head } from './views.ts';

export interface HeadView {
  readonly title: string;
  readonly description: string;
  readonly canonical: string;
  readonly noindex: boolean;
  readonly feeds: readonly { readonly type: string; readonly href: string; readonly title: string }[];
  readonly openGraph: OpenGraphView | null;
  readonly structuredHtml: SafeHtml;
  readonly next: string;
  readonly icon: { readonly href: string; readonly touchHref: string };
  readonly manifestHref: string;
  /** The colour of what browsers draw around the page: its paper, in the theme that was chosen or in each. */
  readonly colours: readonly { readonly media: string; readonly colour: string }[];
}

interface OpenGraphView {
  readonly title: string;
  readonly image: string;
  readonly imageAlt: string;
  readonly card: 'summary' | 'summary_large_image';
  /** Properties besides, each once. */
  readonly properties: readonly { readonly name: string; readonly value: string }[];
}

/** Narrower pictures would be blurred across a whole preview: they stand beside it. */
const LARGE_CARD = 600;

interface HeadFacts {
  readonly head: Head;
  readonly site: Site;
  readonly siteUrl: string;
  readonly theme: Theme;
}

export function headView({ head, site, siteUrl, theme }: HeadFacts): HeadView {
  const { name } = site.settings;
  const { icon } = site;
  const { noindex = false, description = '' } = head;
  return {
    title: head.title === name ? head.title : `${head.title} | ${name}`,
    // What is one person's own says what the forum is.
    description: description === '' ? site.settings.tagline : description,
    canonical: head.canonical === undefined ? '' : siteUrl + head.canonical,
    noindex,
    feeds: (head.feeds ?? []).map((feed) => ({
      ...feed,
      type: feed.type === 'atom' ? 'application/atom+xml' : 'application/feed+json',
    })),
    openGraph: openGraphView(head, site, siteUrl),
    structuredHtml: noindex ? ('' as SafeHtml) : structured({ head, site, siteUrl }),
    next: head.next ?? '',
    icon: { href: icon.href, touchHref: icon.touch.href },
    manifestHref: paths.manifest(),
    colours:
      theme === 'auto'
        ? (['light', 'dark'] as const).map((each) => ({
            media: `(prefers-color-scheme: ${each})`,
            colour: PAPER[each],
          }))
        : [{ media: '', colour: PAPER[theme] }],
  };
}

function structured({ head, site, siteUrl }: Omit<HeadFacts, 'theme'>): SafeHtml {
  const { name, tagline } = site.settings;
  const parts = [
    head.jsonLdHtml ?? '',
    head.trail ? breadcrumbs(head.trail, { name, siteUrl }) : '',
    head.canonical === paths.front() ? webSite({ name, tagline, icon: site.icon.large.href }, siteUrl) : '',
  ];
  return parts.filter(Boolean).join('\n') as SafeHtml;
}

/** What previews of links show. Pages that are nobody else's have no address to be shared by, and no preview. */
function openGraphView(head: Head, site: Site, siteUrl: string): OpenGraphView | null {
  const { canonical, noindex, openGraph, description = '' } = head;
  if (canonical === undefined || (noindex && !openGraph)) return null;
  const { name } = site.settings;
  const { large } = site.icon;
  const own = openGraph?.image;
  const image = own ?? { href: large.href, width: large.edge, height: large.edge, alt: name };
  const properties: readonly (readonly [string, string | undefined])[] = [
    ['og:type', openGraph?.type ?? 'website'],
    ['og:site_name', name],
    ['og:url', siteUrl + canonical],
    ['og:description', description],
    ['og:image:width', String(image.width)],
    ['og:image:height', String(image.height)],
    ['article:published_time', openGraph?.publishedIso],
    ['article:modified_time', openGraph?.modifiedIso],
    ['article:section', openGraph?.section],
    ['profile:username', openGraph?.username],
  ];
  return {
    title: head.title,
    image: siteUrl + image.href,
    imageAlt: image.alt,
    card: own && own.width >= LARGE_CARD ? 'summary_large_image' : 'summary',
    properties: properties.flatMap(([property, value = '']) =>
      value === '' ? [] : [{ name: property, value }],
    ),
  };
}
