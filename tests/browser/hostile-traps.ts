// A page on which nothing may run, load or lead away that is not the forum's: everything that does is caught.
import type { BrowserContext, Page } from 'playwright-core';

export interface Trapped {
  readonly page: Page;
  /** Opens an address of the forum. Returns all that is wrong with what came of it, at both widths. */
  readonly look: (path: string) => Promise<string[]>;
  /** What was caught since the last look. */
  readonly caught: () => Promise<string[]>;
}

/** Whatever runs a string of the lists ends here, even without a dialog. */
const SENTINELS = `
  window.__ran = [];
  for (const name of ['alert', 'confirm', 'prompt', 'print', 'open'])
    window[name] = (text) => { window.__ran.push(name + ': ' + String(text).slice(0, 80)); };
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) =>
    window.__ran.push('CSP ' + violatedDirective + ' ' + blockedURI + ' ' + sample));
`;

/** @param origin the forum's, such as http://127.0.0.1:3000 */
export async function openTrapped(context: BrowserContext, origin: string): Promise<Trapped> {
  const seen: string[] = [];
  let expected = '';
  await context.addInitScript(SENTINELS);
  const page = await context.newPage();
  await context.route(
    (url) => url.origin !== origin,
    async (route) => {
      seen.push(`a request to ${route.request().url()}`);
      await route.abort();
    },
  );
  context.on('page', (other) => seen.push(`another page: ${other.url()}`));
  page.on('dialog', (dialog) => {
    seen.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('pageerror', (error) => seen.push(`an error: ${error.message}`));
  page.on('console', (message) => {
    // Chromium reports every answer of 4xx as an error of its own.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      seen.push(`the console: ${message.text()}`);
  });
  page.on('framenavigated', (frame) => {
    if (frame !== page.mainFrame()) seen.push(`a frame: ${frame.url()}`);
    else if (expected !== '' && !frame.url().startsWith(`${origin}/`)) seen.push(`away to ${frame.url()}`);
  });
  const caught = async (): Promise<string[]> => {
    const ran: string[] = await page.evaluate('window.__ran.splice(0)');
    return [...seen.splice(0), ...ran];
  };
  const overflow = async (width: number): Promise<string[]> => {
    await page.setViewportSize({ width, height: 900 });
    return page.evaluate(TOO_WIDE);
  };
  return {
    page,
    caught,
    look: async (path) => {
      expected = origin + path;
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.goto(expected, { waitUntil: 'load' });
      const wide = await overflow(1280);
      const narrow = await overflow(390);
      const faults: string[] = await page.evaluate(SCAN);
      return [...faults, ...wide, ...narrow, ...(await caught())].map((fault) => `${path}: ${fault}`);
    },
  };
}

/** Texts that stick out of the window to the side, outside of what scrolls by itself. */
const TOO_WIDE = `(() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  const texts = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  const out = [];
  const range = document.createRange();
  while (texts.nextNode()) {
    range.selectNodeContents(texts.currentNode);
    if (range.getBoundingClientRect().right > clientWidth + 1) out.push(texts.currentNode.data.trim());
  }
  return [scrollWidth - clientWidth + ' pixels too wide at ' + clientWidth + ': ' + JSON.stringify(out.slice(-2))];
})()`;

/** Every element and attribute of the document, as Chromium has understood it, against what our templates can make. */
const SCAN = `(() => {
  const faults = [];
  const TAGS = new Set(('html head meta title link script body a header p time form label input button svg use path rect text ' +
    'nav ul ol li span main div h1 h2 h3 h4 h5 h6 footer article section aside strong em b del ins mark code pre kbd sup bdi br hr ' +
    'table thead tbody tr th td caption blockquote details summary fieldset legend textarea select option dl dt dd').split(' '));
  const PROSE = new Set(('p h2 h3 h4 h5 h6 blockquote ul ol li input div table thead tbody tr th td pre code span a sup em strong ' +
    'del br hr mark').split(' '));
  const LEADING = ['href', 'src', 'action', 'formaction', 'data', 'poster', 'cite', 'xlink:href'];
  const said = (element) => element.outerHTML.slice(0, 160);
  for (const element of document.querySelectorAll('*')) {
    const tag = element.localName;
    if (!TAGS.has(tag)) faults.push('<' + tag + '>: ' + said(element));
    if (element.closest('.prose') && !element.matches('.prose, .prose-long') && !PROSE.has(tag)
      && !element.matches('.pane-preview > p')) faults.push('in a text: ' + said(element));
    for (const { name, value } of element.attributes) {
      if (/^(?:on|style|srcdoc|background|ping|is$|slot|part)/i.test(name)) faults.push(name + ': ' + said(element));
      if (!LEADING.includes(name.toLowerCase())) continue;
      if (name === 'data') faults.push(name + ': ' + said(element));
      const { protocol } = new URL(value, document.baseURI);
      if (!['http:', 'https:', 'mailto:'].includes(protocol)) faults.push(protocol + ' ' + said(element));
    }
  }
  const count = (selector, wanted) => {
    const found = document.querySelectorAll(selector).length;
    if (found !== wanted) faults.push(found + ' times ' + selector);
  };
  for (const selector of ['main', 'header.mast', 'footer.foot', 'main h1', 'title', 'head', 'body']) count(selector, 1);
  count('base', 0);
  count('script:not([type="module"]):not([type="application/ld+json"])', 0);
  if (window.name !== '') faults.push('window.name is ' + window.name);
  if (document.lastElementChild.lastElementChild.lastElementChild.className !== 'foot') faults.push('the page goes on after its footer');
  for (const script of document.querySelectorAll('script[type="application/ld+json"]')) {
    try { JSON.parse(script.textContent); } catch (error) { faults.push('JSON-LD: ' + error.message); }
  }
  return faults.slice(0, 20);
})()`;

/** Points at, focuses and presses everything that looks as if it could be pressed, without leaving the page. */
export async function touchEverything(page: Page): Promise<number> {
  return page.evaluate(`(() => {
    document.addEventListener('click', (event) => event.preventDefault());
    document.addEventListener('submit', (event) => event.preventDefault());
    const all = document.querySelectorAll('a, button, summary, input, select, textarea, [tabindex], .prose *');
    for (const element of all) {
      for (const name of ['pointerover', 'mouseover', 'mouseenter', 'mousemove', 'pointerdown', 'mousedown', 'mouseup', 'wheel', 'dragstart', 'copy', 'animationstart', 'transitionend', 'toggle', 'keydown'])
        element.dispatchEvent(new Event(name, { bubbles: true, cancelable: true }));
      element.focus?.();
      element.click?.();
      element.blur?.();
    }
    return all.length;
  })()`);
}
