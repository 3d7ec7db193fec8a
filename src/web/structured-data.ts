// What search engines are told of any page beside its text: where it stands in the forum, and the forum itself.
// What single kinds of pages say besides is made by their features.
import type { SafeHtml } from '../lib/html.ts';
import { jsonLd, pageJson } from './json-ld.ts';
import { paths } from './paths.ts';
import type { Crumb } from './views.ts';

/**
 * The way from the front page to a page, which stands last: https://schema.org/BreadcrumbList
 * @param siteUrl where the forum is reached, without a slash at its end
 */
export function breadcrumbs(
  trail: readonly Crumb[],
  { name, siteUrl }: { readonly name: string; readonly siteUrl: string },
): SafeHtml {
  const whole: readonly Crumb[] = [{ name, href: paths.front() }, ...trail];
  return jsonLd(
    pageJson({
      '@context': 'https://schema.org',
      '@type': 'BreadcrumbList',
      itemListElement: whole.map((crumb, index) => ({
        '@type': 'ListItem',
        position: index + 1,
        name: crumb.name,
        item: siteUrl + crumb.href,
      })),
    }),
  );
}

/** The forum with the address of its search, for the front page: https://schema.org/WebSite */
export function webSite(
  { name, tagline, icon }: { readonly name: string; readonly tagline: string; readonly icon: string },
  siteUrl: string,
): SafeHtml {
  return jsonLd(
    pageJson({
      '@context': 'https://schema.org',
      '@type': 'WebSite',
      name,
      description: tagline,
      url: siteUrl + paths.front(),
      publisher: { '@type': 'Organization', name, url: siteUrl + paths.front(), logo: siteUrl + icon },
      potentialAction: {
        '@type': 'SearchAction',
        target: { '@type': 'EntryPoint', urlTemplate: `${siteUrl}${paths.search()}?q={search_term_string}` },
        'query-input': 'required name=search_term_string',
      },
    }),
  );
}
