// JSON-LD inside a page. It is not a script that runs, but "</script" inside a text would end it: every "<" is escaped.
import type { SafeHtml } from '../lib/html.ts';

declare const escaped: unique symbol;
/** JSON of an object that may stand inside a page. */
export type PageJson = string & { readonly [escaped]: true };

export function pageJson(data: object): PageJson {
  return JSON.stringify(data)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029') as PageJson;
}

/** An object with a list of others as one more property of it; as it is where the list is empty. */
export function withList(object: PageJson, name: string, list: readonly PageJson[]): PageJson {
  return list.length === 0 ? object : (`${object.slice(0, -1)},"${name}":[${list.join(',')}]}` as PageJson);
}

/** The only way structured data reaches a page. */
export function jsonLd(data: PageJson): SafeHtml {
  return `<script type="application/ld+json">${data}</script>` as SafeHtml;
}
