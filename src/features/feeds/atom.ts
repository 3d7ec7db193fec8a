// A feed as Atom (RFC 4287), with what answers what (RFC 4685).
import type { Feed, FeedEntry } from './feed.ts';
import { element, type Xml, xmlDocument } from './xml.ts';

export const ATOM_TYPE = 'application/atom+xml';

const THREADING = 'http://purl.org/syndication/thread/1.0';

export function atomOf(feed: Feed): string {
  const { id, title, subtitle, href, atomHref, updated, entries } = feed;
  return xmlDocument(
    element(
      'feed',
      [
        element('id', id),
        element('title', title),
        ...(subtitle === '' ? [] : [element('subtitle', subtitle)]),
        element('updated', updated.toISOString()),
        link('self', atomHref, ATOM_TYPE),
        link('alternate', href, 'text/html'),
        ...entries.map(entryOf),
      ],
      { xmlns: 'http://www.w3.org/2005/Atom', 'xmlns:thr': THREADING, 'xml:lang': 'en' },
    ),
  );
}

function entryOf(entry: FeedEntry): Xml {
  const { author, categories, sourceHref, inReplyTo, repliesHref } = entry;
  return element('entry', [
    element('id', entry.id),
    element('title', entry.title),
    link('alternate', entry.href, 'text/html'),
    ...(sourceHref === undefined ? [] : [link('related', sourceHref)]),
    ...(repliesHref === undefined ? [] : [link('replies', repliesHref, ATOM_TYPE)]),
    ...(inReplyTo === undefined
      ? []
      : [element('thr:in-reply-to', [], { ref: inReplyTo.id, href: inReplyTo.href, type: 'text/html' })]),
    element('published', entry.published.toISOString()),
    element('updated', entry.updated.toISOString()),
    element('author', [
      element('name', author.name),
      ...(author.href === undefined ? [] : [element('uri', author.href)]),
    ]),
    ...categories.map(({ slug, name }) => element('category', [], { term: slug, label: name })),
    element('content', entry.contentHtml, { type: 'html' }),
  ]);
}

function link(rel: string, href: string, type?: string): Xml {
  return element('link', [], { rel, href, ...(type !== undefined && { type }) });
}
