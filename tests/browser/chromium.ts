// Chromium, as Debian packages it; CHROMIUM names another. The one without windows does the same with less work.
import { randomInt } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import axe from 'axe-core';
import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from 'playwright-core';
import { afterAll, inject } from 'vitest';

const CANDIDATES = [
  process.env.CHROMIUM,
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];
const SCREENSHOTS = process.env.SCREENSHOTS;

/** The forum of this worker; workers count from 1. */
const forum = inject('demonstrations')[Number(process.env.VITEST_POOL_ID) - 1]!;

let browser: Browser | undefined;

/** Of a network that is nobody's (RFC 2544). */
function anAddress(): string {
  return `198.18.${randomInt(256)}.${randomInt(256)}`;
}

/** A new, empty context: another person's browser. Trapped errors stand in `faults`. */
export async function openContext(options: BrowserContextOptions = {}): Promise<BrowserContext> {
  browser ??= await chromium.launch({
    executablePath: CANDIDATES.find((path) => path && existsSync(path)) ?? 'chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  return browser.newContext({
    baseURL: forum.url,
    viewport: { width: 1280, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    extraHTTPHeaders: { 'x-forwarded-for': anAddress() },
    ...options,
  });
}

afterAll(async () => {
  await browser?.close();
  browser = undefined;
});

/** Opens a page that fails the test through `faults` when a script throws, or the CSP or the console complains. */
export async function openPage(context: BrowserContext): Promise<{ page: Page; faults: string[] }> {
  const page = await context.newPage();
  const goTo = page.goto.bind(page);
  page.goto = async (...where) => {
    const response = await goTo(...where);
    await scriptsStarted(page);
    return response;
  };
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    // Chromium reports every answer of 4xx as an error of its own; tests that want one check the status.
    if (
      ['error', 'warning'].includes(message.type()) &&
      !message.text().startsWith('Failed to load resource')
    )
      faults.push(message.text());
  });
  return { page, faults };
}

/** Browsers do not wait for scripts that come because of what a page holds; who uses one at once has to. */
export async function scriptsStarted(page: Page): Promise<void> {
  // Where scripts are switched off, none can be imported either.
  await page.evaluate(
    "import(document.querySelector('script[type=module]')?.src).then(({ started }) => started, () => {})",
  );
}

const sessions = new Map<string, Awaited<ReturnType<BrowserContext['cookies']>>>();

/** Through the form the first time; after that with the session it gave, since tries to log in are budgeted. */
export async function signIn(page: Page, name: string): Promise<void> {
  const known = sessions.get(name);
  if (known) {
    await page.context().addCookies(known);
    return;
  }
  await page.goto('/sign-in');
  await page.locator('main [name=name]').fill(name);
  await page.locator('main [name=password]').fill(forum.accounts[name] ?? '');
  await page.locator('main button.btn-primary').click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
  sessions.set(name, await page.context().cookies());
}

/** What only the colours of another theme could break. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/** Where nothing is laid out yet axe takes what stands below for what covers it. */
const LAID_OUT = `{
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('.is-far { content-visibility: visible !important }');
  document.adoptedStyleSheets.push(sheet);
}`;

/** Rules of axe that a page breaks, with the elements. @param about `colours`: only those that another theme could break */
export async function axeFaults(page: Page, about: 'all' | 'colours' = 'all'): Promise<string[]> {
  // In the page itself and once a page: a page of its own for the results, as axe has for frames, costs as much again.
  if (!(await page.evaluate<boolean>("'axe' in window"))) await page.evaluate(`${axe.source};${LAID_OUT}`);
  const options: axe.RunOptions = {
    resultTypes: ['violations'],
    ...(about === 'colours' && { runOnly: OF_COLOURS }),
  };
  const { violations } = await page.evaluate<axe.AxeResults>(`axe.run(${JSON.stringify(options)})`);
  return violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .map(({ target, failureSummary }) => `${target.join(' ')} (${failureSummary ?? ''})`)
        .slice(0, 3)
        .join('; ')}`,
  );
}

/** With SCREENSHOTS=folder, keeps what the page looks like. */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  if (!SCREENSHOTS) return;
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: `${SCREENSHOTS}/${name}.png`, fullPage: true });
}
