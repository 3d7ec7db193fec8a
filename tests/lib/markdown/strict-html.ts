// An independent reader of rendered Markdown: HTML so plain that every parser sees the same in it, with nothing but
// the tags, attributes and addresses written down here. Written apart from the sanitiser, to be able to disagree.

const TAG = /^<(\/?)([a-z][a-z0-9]*)((?: [a-z-]+(?:="[^"<>]*")?)*)(?: \/)?>/;
const ATTRIBUTE = / ([a-z-]+)(?:="([^"<>]*)")?/g;
const VOID = new Set(['br', 'hr', 'input']);
const TAGS = new Set(
  (
    'p h2 h3 h4 h5 h6 blockquote ul ol li pre div table thead tbody tr th td ' +
    'a em strong del code span sup br hr input'
  ).split(' '),
);
const ATTRIBUTES: Readonly<Record<string, RegExp>> = {
  'a href': /^(?:https?:\/\/[^\s@\\/?#]+[/?#][^\s\\]*|mailto:[^\s]+|\/(?![/\\])[^\s]*|#[\w-]+)$/,
  'a rel': /^ugc nofollow noopener$/,
  'a class': /^(?:url|mention|footnote-back)$/,
  'a id': /^p1-fnref-\d+(?:-\d+)?$/,
  'a title': /^/,
  'a aria-label': /^(?:Footnote \d+|Back to the text(?:, place \d+)?)$/,
  'li id': /^p1-fn-\d+$/,
  'li class': /^task$/,
  'ol start': /^\d+$/,
  'ol class': /^footnotes$/,
  'ol aria-label': /^Footnotes$/,
  'pre dir': /^ltr$/,
  'pre tabindex': /^0$/,
  'code class': /^language-[a-z+#-]+$/,
  'span class': /^(?:hljs-[\w-]+|language-[a-z]+)(?: [a-z]+_{1,2})*$/,
  'div class': /^table-scroll$/,
  'div tabindex': /^0$/,
  'div role': /^group$/,
  'div aria-label': /^Table$/,
  'th scope': /^col$/,
  'th align': /^(?:left|center|right)$/,
  'td align': /^(?:left|center|right)$/,
  'input type': /^checkbox$/,
  'input disabled': /^$/,
  'input checked': /^$/,
  'input aria-label': /^(?:done|to do)$/,
  'sup class': /^footnote-ref$/,
};
const DIRECTED = new Set(['p', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'ul', 'ol', 'div']);

/** What is wrong with the HTML of a text rendered with the idPrefix `p1-`; empty when nothing is. */
export function faultsIn(html: string): string[] {
  const faults: string[] = [];
  const open: string[] = [];
  let rest = html;
  while (rest !== '') {
    const text = /^[^<]*/.exec(rest)?.[0] ?? '';
    if (/[>\0]/.test(text)) faults.push(`text: ${text}`);
    rest = rest.slice(text.length);
    if (rest === '') break;
    const [all, slash, name = '', attributes = ''] = TAG.exec(rest) ?? [];
    if (all === undefined) return [...faults, `not a tag: ${rest.slice(0, 80)}`];
    rest = rest.slice(all.length);
    faults.push(...faultsOfTag(name, attributes, slash === '/', open));
  }
  return open.length === 0 ? faults : [...faults, `left open: ${open.join(' ')}`];
}

function faultsOfTag(name: string, attributes: string, isEnd: boolean, open: string[]): string[] {
  if (isEnd) return open.pop() === name ? [] : [`unbalanced </${name}>`];
  const faults: string[] = [];
  if (!TAGS.has(name)) faults.push(`<${name}>`);
  if (name === 'a' && open.includes('a')) faults.push('a link in a link');
  if (/ href="(?![/#])/.test(attributes) && !attributes.includes(' rel="'))
    faults.push(`no rel:${attributes}`);
  if (!VOID.has(name)) open.push(name);
  for (const [, attribute = '', value = ''] of attributes.matchAll(ATTRIBUTE)) {
    const isDirection = attribute === 'dir' && value === 'auto' && DIRECTED.has(name);
    if (!isDirection && !ATTRIBUTES[`${name} ${attribute}`]?.test(value))
      faults.push(`${name} ${attribute}=${value}`);
  }
  return faults;
}
