// Structured data of a member for search engines: https://developers.google.com/search/docs/appearance/structured-data/profile-page
// Only what stands on the page itself; members who do not want to be found have none, as their page is not to be indexed.
import type { SafeHtml } from '../../lib/html.ts';
import { jsonLd, pageJson } from '../../web/json-ld.ts';
import { paths } from '../../web/paths.ts';
import type { MemberRow } from './queries.ts';

export function profileJsonLd(member: MemberRow, siteUrl: string): SafeHtml {
  const { id, name, about, affiliation, link, topicCount, replyCount, upvotes, trust } = member;
  return jsonLd(
    pageJson({
      '@context': 'https://schema.org',
      '@type': 'ProfilePage',
      dateCreated: trust.joinedAt.toISOString(),
      mainEntity: {
        '@type': 'Person',
        name,
        identifier: String(id),
        url: siteUrl + paths.member(name),
        ...(about !== '' && { description: about }),
        ...(affiliation !== '' && { affiliation: { '@type': 'Organization', name: affiliation } }),
        ...(link !== '' && { sameAs: [link] }),
        interactionStatistic: counter('LikeAction', upvotes),
        agentInteractionStatistic: counter('WriteAction', topicCount + replyCount),
      },
    }),
  );
}

function counter(action: 'LikeAction' | 'WriteAction', n: number): object {
  return {
    '@type': 'InteractionCounter',
    interactionType: `https://schema.org/${action}`,
    userInteractionCount: Math.max(0, n),
  };
}
