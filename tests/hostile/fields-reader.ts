// Reads our pages more strictly than browsers do: whatever typed text could open a tag, an attribute or an address of
// its own is a fault here. Written apart from the templates, to be able to disagree with them.
import { unescapeHtml } from '../../src/lib/html.ts';

export interface ReadPage {
  /** What no page of ours has; empty when the page is whole. */
  readonly faults: readonly string[];
  /** All text outside of scripts, a line break at the end of each element's run of text. */
  readonly text: string;
  /** Name → what each control of that name holds, in order. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** Name of a field → what is said of it. */
  readonly errors: ReadonlyMap<string, string>;
  readonly notices: string;
  readonly jsonLd: readonly unknown[];
}

const TOKEN = /<!DOCTYPE html>|<(\/?)([a-z][a-z0-9]*)((?: [a-zB:-]+(?:="[^"<>]*")?)*) ?\/?>|([^<]+)/gy;
const ATTRIBUTE = / ([a-zB:-]+)(?:="([^"<>]*)")?/g;
const VOID = new Set(['meta', 'link', 'input', 'br', 'hr', 'path', 'rect', 'img']);
const TAGS = new Set(
  (
    'html head meta title link script body a header p time form label input button svg use path rect text nav ul ol li ' +
    'span main div h1 h2 h3 h4 h5 h6 footer article section aside strong em b del ins mark code pre kbd sup bdi br hr table ' +
    'thead tbody tr th td caption blockquote details summary fieldset legend textarea select optgroup option dl dt dd img'
  ).split(' '),
);
/** Attributes whose values lead somewhere, and where to. */
const ADDRESSES: Readonly<Record<string, RegExp>> = {
  href: /^(?:https?:\/\/[^\s@\\/?#]+(?:\/[^\s\\?#]*)?(?:[?#]\S*)?|mailto:\S*|otpauth:\/\/totp\/\S*|\/(?![/\\])\S*|#\S*)$/,
  action: /^\/(?![/\\])\S*$/,
  formaction: /^\/(?![/\\])\S*$/,
  src: /^\/(?:assets|images)\/\S+$/,
};
const ONCE = ['title', 'main', 'body', 'html', 'head', 'h1'];

export function readPage(html: string): ReadPage {
  const faults: string[] = [];
  const open: { readonly tag: string; readonly attributes: Map<string, string> }[] = [];
  const counts = new Map<string, number>();
  const values = new Map<string, string[]>();
  const described = new Map<string, string>();
  const texts = new Map<string, string>();
  const jsonLd: unknown[] = [];
  let text = '';
  let notices = '';
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < html.length) {
    const at = TOKEN.lastIndex;
    const token = TOKEN.exec(html);
    if (!token) {
      faults.push(`not a tag of ours: ${html.slice(at, at + 80)}`);
      break;
    }
    const [, slash, tag, attributeText = '', run] = token;
    const inside = open.at(-1);
    if (run !== undefined) {
      if (inside === undefined && run.trim() !== '') faults.push(`text outside: ${run.slice(0, 40)}`);
      const shown = unescapeHtml(run);
      text += shown;
      const errorId = open
        .findLast((element) => element.attributes.get('class') === 'error')
        ?.attributes.get('id');
      if (errorId !== undefined) texts.set(errorId, (texts.get(errorId) ?? '') + shown);
      if (open.some(({ attributes }) => attributes.get('class')?.startsWith('notice') === true))
        notices += shown;
      if (inside?.tag === 'textarea')
        addTo(values, inside.attributes.get('name') ?? '', shown.replace(/^\n/, ''));
      continue;
    }
    if (tag === undefined) continue;
    if (slash === '/') {
      text += '\n';
      if (inside?.tag !== tag) faults.push(`</${tag}> ends <${inside?.tag ?? ''}>`);
      open.pop();
      continue;
    }
    if (tag === 'br') text += '\n';
    counts.set(tag, (counts.get(tag) ?? 0) + 1);
    if (!TAGS.has(tag)) faults.push(`<${tag}>`);
    const attributes = new Map<string, string>();
    for (const [, name = '', value = ''] of attributeText.matchAll(ATTRIBUTE)) {
      if (attributes.has(name)) faults.push(`${tag} has ${name} twice`);
      attributes.set(name, unescapeHtml(value));
    }
    faults.push(...faultsOfAttributes(tag, attributes));
    if (attributes.get('aria-invalid') === 'true' || tag === 'fieldset') {
      const id = attributes
        .get('aria-describedby')
        ?.split(' ')
        .find((each) => each.endsWith('-e'));
      if (id !== undefined) described.set(attributes.get('name') ?? id.slice(0, -2), id);
    }
    if (tag === 'input') addTo(values, attributes.get('name') ?? '', attributes.get('value') ?? '');
    if (tag === 'script' && attributes.get('type') === 'application/ld+json') {
      const end = html.indexOf('</script>', TOKEN.lastIndex);
      jsonLd.push(JSON.parse(html.slice(TOKEN.lastIndex, end)));
      TOKEN.lastIndex = end + '</script>'.length;
    } else if (!VOID.has(tag)) open.push({ tag, attributes });
  }
  if (open.length > 0) faults.push(`left open: ${open.map(({ tag }) => tag).join(' ')}`);
  if (!html.endsWith('</html>\n')) faults.push(`ends in ${html.slice(-40)}`);
  for (const tag of ONCE) if (counts.get(tag) !== 1) faults.push(`${counts.get(tag) ?? 0} times <${tag}>`);
  for (const landmark of ['<header class="mast">', '<footer class="foot">', '<main '])
    if (html.split(landmark).length !== 2) faults.push(`not once ${landmark}`);
  const errors = new Map([...described].map(([name, id]) => [name, (texts.get(id) ?? '').trim()]));
  return { faults, text, values, errors, notices: notices.replace(/\s+/g, ' ').trim(), jsonLd };
}

function faultsOfAttributes(tag: string, attributes: ReadonlyMap<string, string>): string[] {
  return [...attributes].flatMap(([name, value]) => {
    if (/^(?:on|style|srcdoc|xmlns|xlink|formenctype|background|ping)/.test(name))
      return [`${tag} ${name}=${value}`];
    const leads = ADDRESSES[name];
    return leads && !leads.test(value) ? [`${tag} ${name}=${value}`] : [];
  });
}

function addTo(map: Map<string, string[]>, name: string, value: string): void {
  const values = map.get(name);
  if (values) values.push(value);
  else map.set(name, [value]);
}
