// GET /opensearch.xml: how browsers offer the forum's search in their own field (OpenSearch 1.1).
import type { FastifyInstance } from 'fastify';
import { paths } from '../../web/paths.ts';
import { element, xmlDocument } from './xml.ts';

/** https://github.com/dewitt/opensearch/blob/master/opensearch-1-1-draft-6.md: what a short and a long name may have. */
const SHORT_NAME = 16;
const LONG_NAME = 48;

export async function openSearchRoutes(app: FastifyInstance): Promise<void> {
  const { siteUrl } = app.config;
  app.get(paths.openSearch(), async (_request, reply) => {
    const { name } = app.site.current().settings;
    const xml = element(
      'OpenSearchDescription',
      [
        element('ShortName', fitting(SHORT_NAME, name, 'Search')),
        element('LongName', fitting(LONG_NAME, `Search ${name}`, name)),
        element('Description', `Search the topics and replies of ${name}`),
        element('InputEncoding', 'UTF-8'),
        element('Url', [], {
          type: 'text/html',
          method: 'get',
          template: `${siteUrl}${paths.search()}?q={searchTerms}`,
        }),
        element('Url', [], {
          type: 'application/opensearchdescription+xml',
          rel: 'self',
          template: `${siteUrl}${paths.openSearch()}`,
        }),
      ],
      { xmlns: 'http://a9.com/-/spec/opensearch/1.1/' },
    );
    return reply
      .header('cache-control', 'public, max-age=3600')
      .type('application/opensearchdescription+xml; charset=utf-8')
      .send(xmlDocument(xml));
  });
}

/** A cut name says less than another. */
function fitting(most: number, name: string, instead: string): string {
  return name.length <= most ? name : instead;
}
