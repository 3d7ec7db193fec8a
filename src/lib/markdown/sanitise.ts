// The second wall: whatever the renderer lets through by mistake, nothing leaves that is not in this table.
import sanitizeHtml from 'sanitize-html';
import type { SafeHtml } from '../html.ts';

type Attributes = Readonly<Record<string, RegExp>>;

const block: Attributes = { dir: /^auto$/ };
const aligned: Attributes = { align: /^(?:left|center|right)$/ };

/** Every tag that rendered Markdown has, with its attributes and what these may hold. */
const ALLOWED: Readonly<Record<string, Attributes>> = {
  p: block,
  h2: block,
  h3: block,
  h4: block,
  h5: block,
  h6: block,
  blockquote: block,
  ul: block,
  ol: { ...block, start: /^\d{1,9}$/, class: /^footnotes$/, 'aria-label': /^Footnotes$/ },
  li: { class: /^task$/, id: /^[\w-]+$/ },
  input: { type: /^checkbox$/, disabled: /^$/, checked: /^$/, 'aria-label': /^(?:done|to do)$/ },
  div: { ...block, class: /^table-scroll$/, tabindex: /^0$/, role: /^group$/, 'aria-label': /^Table$/ },
  table: {},
  thead: {},
  tbody: {},
  tr: {},
  th: { ...aligned, scope: /^col$/ },
  td: aligned,
  pre: { dir: /^ltr$/, tabindex: /^0$/ },
  code: { class: /^language-[\w+#-]+$/ },
  // The highlighter adds classes of its own to some of its names, such as `function_` and `inherited__`.
  span: { class: /^(?:hljs|language)-[a-z_-]+(?: [a-z]+_{1,2})*$/ },
  a: {
    href: /^(?:https?:\/\/|mailto:|\/(?!\/)|#)/,
    rel: /^ugc nofollow noopener$/,
    class: /^(?:url|mention|footnote-back)$/,
    id: /^[\w-]+$/,
    title: /^/,
    'aria-label': /^(?:Footnote|Back to the text)\b/,
  },
  sup: { class: /^footnote-ref$/ },
  em: {},
  strong: {},
  del: {},
  br: {},
  hr: {},
};

const settings: sanitizeHtml.IOptions = {
  allowedTags: Object.keys(ALLOWED),
  allowedAttributes: Object.fromEntries(
    Object.entries(ALLOWED).map(([tag, attributes]) => [tag, Object.keys(attributes)]),
  ),
  allowedSchemes: ['http', 'https', 'mailto'],
  allowProtocolRelative: false,
  transformTags: { '*': onlyAllowedValues },
  exclusiveFilter: ({ tag, attribs }) => tag === 'input' && !('type' in attribs && 'disabled' in attribs),
};

function onlyAllowedValues(tagName: string, attribs: sanitizeHtml.Attributes): sanitizeHtml.Tag {
  const patterns = new Map(Object.entries(ALLOWED[tagName] ?? {}));
  const kept = Object.entries(attribs).filter(([name, value]) => patterns.get(name)?.test(value));
  return { tagName, attribs: Object.fromEntries(kept) };
}

/** HTML of which only the tags, attributes, values and schemes remain that rendered Markdown has. */
export function sanitise(html: string): SafeHtml {
  return sanitizeHtml(html, settings) as SafeHtml;
}
