// JSON-LD inside a page. It is not a script that runs, but "</script" inside a text would end it: every "<" is escaped.
import type { SafeHtml } from '../lib/html.ts';

/** The only way structured data reaches a page. */
export function jsonLd(data: object): SafeHtml {
  const json = JSON.stringify(data)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
  return `<script type="application/ld+json">${json}</script>` as SafeHtml;
}
