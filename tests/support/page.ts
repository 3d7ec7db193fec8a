// A page as a person without a script sees it: text, links, forms and their buttons.
import { parseHTML } from 'linkedom';
import { unescapeHtml } from '../../src/lib/html.ts';

type Doc = ReturnType<typeof parseHTML>['document'];

export interface FormRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body: readonly (readonly [string, string])[];
}

const BLOCKS = new Set([
  'ADDRESS',
  'ARTICLE',
  'ASIDE',
  'BLOCKQUOTE',
  'BR',
  'BUTTON',
  'DD',
  'DETAILS',
  'DIV',
  'DL',
  'DT',
  'FIELDSET',
  'FOOTER',
  'FORM',
  'H1',
  'H2',
  'H3',
  'H4',
  'HEADER',
  'HR',
  'LABEL',
  'LEGEND',
  'LI',
  'MAIN',
  'NAV',
  'OL',
  'OPTION',
  'P',
  'PRE',
  'SECTION',
  'SUMMARY',
  'TABLE',
  'TD',
  'TEXTAREA',
  'TH',
  'TR',
  'UL',
]);

/** Text content with a line for each block, white space collapsed. */
export function textOfNode(node: unknown): string {
  const lines: string[] = [''];
  const walk = (current: Node): void => {
    if (current.nodeType === 3) {
      lines[lines.length - 1] += current.textContent ?? '';
      return;
    }
    const tag = (current as Element).tagName;
    if (tag === 'SCRIPT' || tag === 'STYLE' || tag === 'HEAD' || tag === 'SVG') return;
    const block = BLOCKS.has(tag);
    if (block) lines.push('');
    for (const child of current.childNodes) walk(child);
    if (block) lines.push('');
  };
  walk(node as Node);
  return lines
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter(Boolean)
    .join('\n');
}

export function parsePage(html: string): Doc {
  return parseHTML(html).document;
}

/** The accessible name of a link or button, near enough for our pages. */
export function nameOf(element: Element): string {
  return (element.getAttribute('aria-label') ?? element.textContent ?? '').replace(/\s+/g, ' ').trim();
}

/** The first match by exact name, else by a name that contains it. */
export function findByName(elements: Iterable<Element>, name: string): Element | undefined {
  const all = [...elements];
  return (
    all.find((element) => nameOf(element) === name) ?? all.find((element) => nameOf(element).includes(name))
  );
}

/** What pressing `button` would send, with some fields filled in by name. */
export function requestOf(
  document: Doc,
  button: Element,
  fill: Readonly<Record<string, string | boolean>>,
  base: string,
): FormRequest {
  const formId = button.getAttribute('form');
  const form = formId ? document.getElementById(formId) : button.closest('form');
  if (!form) throw new Error(`The button "${nameOf(button)}" stands in no form`);
  const body: (readonly [string, string])[] = [];
  const unused = new Set(Object.keys(fill));
  for (const control of form.querySelectorAll('input, select, textarea')) {
    const name = control.getAttribute('name');
    if (!name || control.hasAttribute('disabled')) continue;
    const value = valueOf(control, fill[name]);
    unused.delete(name);
    if (value !== undefined) body.push([name, value]);
  }
  if (unused.size > 0)
    throw new Error(`The form of "${nameOf(button)}" has no field named ${[...unused].join(', ')}`);
  const own = button.getAttribute('name');
  if (own) body.push([own, button.getAttribute('value') ?? '']);
  const action = button.getAttribute('formaction') ?? form.getAttribute('action') ?? base;
  const method =
    (button.getAttribute('formmethod') ?? form.getAttribute('method') ?? 'get').toUpperCase() === 'POST'
      ? 'POST'
      : 'GET';
  return { method, path: new URL(action, `http://x${base}`).href.slice('http://x'.length), body };
}

function valueOf(control: Element, filled: string | boolean | undefined): string | undefined {
  const type = control.getAttribute('type');
  if (type === 'checkbox' || type === 'radio') {
    const own = control.getAttribute('value') ?? 'on';
    const checked =
      filled === undefined ? control.hasAttribute('checked') : filled === true || filled === own;
    return checked ? own : undefined;
  }
  if (filled !== undefined) return String(filled);
  if (control.tagName === 'SELECT') {
    const chosen = control.querySelector('option[selected]') ?? control.querySelector('option');
    return chosen ? (chosen.getAttribute('value') ?? chosen.textContent ?? '') : undefined;
  }
  if (control.tagName === 'TEXTAREA') return textInArea(control);
  return control.getAttribute('value') ?? '';
}

/** What a text area holds: linkedom leaves its references as they are, and its first line break is syntax, not content. */
export function textInArea(area: Element): string {
  return unescapeHtml((area.textContent ?? '').replace(/^\n/, ''));
}
