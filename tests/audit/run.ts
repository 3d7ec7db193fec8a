// `node tests/audit/run.ts [markup] [links] [lighthouse]`: what other people's tools find in a demonstration forum
// (docs/practices/auditing.md). They are fetched by npx at these versions and are no dependencies of the forum.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ForumProcess, startForum } from '../processes/forum-process.ts';
import { writeMails } from './mails.ts';
import { type Walker, walk } from './walk.ts';

const TOOLS = { vnu: 'vnu-jar@26.9.27', linkinator: 'linkinator@8.1.0', lighthouse: 'lighthouse@13.5.0' };
const PEOPLE = { member: 'kevin_h', moderator: 'marta_l', admin: 'astrid_w' };
/** A walk asks for more pages a minute than people do: everybody comes from an address of their own. */
const ENV = { TRUST_PROXY: '127.0.0.1,::1' };
/** Advice that is not taken: a reply has no headline, and what is sanitised ends its void elements as XML does. */
const TASTE = '.*(Article lacks heading|Trailing slash on void elements).*';
/** Enough to see where. */
const LONGEST_DETAIL = 600;
const LEAST = { performance: 98, accessibility: 100, 'best-practices': 100, seo: 100 };

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

function npx(tool: keyof typeof TOOLS, args: readonly string[]) {
  const all = ['--yes', '--package', TOOLS[tool], '--', tool, ...args];
  return spawnSync('npx', all, {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    env: { ...process.env, npm_config_loglevel: 'error' },
  });
}

async function logIn({ url, accounts }: ForumProcess, name: string): Promise<string> {
  const answer = await fetch(`${url}/sign-in`, {
    method: 'POST',
    headers: { origin: url },
    body: new URLSearchParams({ name, password: accounts[name] ?? '' }),
    redirect: 'manual',
  });
  const cookie = answer.headers.getSetCookie().map((each) => each.split(';', 1)[0]);
  if (answer.status !== 303) throw new Error(`${name} cannot log in: ${answer.status}`);
  return cookie.join('; ');
}

/** W3C's checker over every page as everybody gets it, and every mail. What it only warns of counts, too. */
async function markup(forum: ForumProcess, people: readonly Walker[], folder: string): Promise<boolean> {
  const dead: string[] = [];
  for (const person of people) {
    const walked = await walk(forum.url, person, join(folder, person.who));
    say(`${person.who}: ${walked.files.length} pages`);
    dead.push(...walked.dead.map((line) => `${person.who}: ${line}`));
  }
  const mails = writeMails(join(folder, 'mails'));
  say(`mails of ${mails.length} kinds: ${mails.join(', ')}`);
  const checker = ['--Werror', '--filterpattern', TASTE, '--skip-non-html', folder];
  const { status, stderr, stdout } = npx('vnu', checker);
  say(`${[...dead, stderr || stdout].join('\n').trim() || 'Nothing found.'}`);
  return status === 0 && dead.length === 0;
}

/** Addresses that lead nowhere, from the front page on; other sites are not asked, their articles are made up. */
function links({ url }: ForumProcess): boolean {
  // The log leads to what is hidden, where the reason stands.
  // It is one reader to the forum's budgets, and asks again when it is told to wait: that takes some minutes.
  // Addresses with a query are without number; the walk has asked for two of each kind.
  const own = [
    '--recurse',
    '--skip',
    `^(?!${url})|[?]`,
    '--status-code',
    '410:ok',
    '--concurrency',
    '4',
    '--retry',
  ];
  const { status, stdout, stderr } = npx('linkinator', [url, ...own, '--verbosity', 'error']);
  say(`linkinator: ${status === 0 ? 'no dead link' : stdout + stderr}`);
  return status === 0;
}

/** @param cookie of a member, for pages that visitors have not */
function lighthouse(url: string, cookie: string, folder: string): boolean {
  const report = join(folder, 'lighthouse.json');
  const args = [
    '--quiet',
    `--only-categories=${Object.keys(LEAST).join()}`,
    '--output=json',
    `--output-path=${report}`,
    '--chrome-flags=--headless --no-sandbox',
  ];
  // What members alone can open is not for search engines, and says so.
  if (cookie) args.push(`--extra-headers=${JSON.stringify({ cookie })}`, '--skip-audits=is-crawlable');
  const { stderr } = npx('lighthouse', [url, ...args]);
  const { categories, audits } = JSON.parse(readFileSync(report, 'utf8')) as {
    categories: Record<string, { score: number | null; auditRefs: { id: string; weight: number }[] }>;
    audits: Record<string, { score: number | null; title: string; displayValue?: string; details?: object }>;
  };
  const scores = Object.entries(categories).map(
    ([name, { score }]) => [name, Math.round((score ?? 0) * 100)] as const,
  );
  say(`${url}: ${scores.map(([name, score]) => `${name} ${score}`).join(', ')}`);
  const failed = Object.values(categories)
    .flatMap(({ auditRefs }) => auditRefs)
    .filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 1);
  for (const { id } of failed) {
    const { title = '', displayValue = '', details = {} } = audits[id] ?? {};
    say(`  ${id}: ${title} ${displayValue} ${JSON.stringify(details).slice(0, LONGEST_DETAIL)}`);
  }
  if (scores.length === 0) say(stderr);
  return scores.every(([name, score]) => score >= LEAST[name as keyof typeof LEAST]);
}

async function run(wanted: readonly string[]): Promise<boolean> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tokenwire-audit-'));
  const folder = join(dataDir, 'pages');
  const forum = await startForum(dataDir, { env: ENV });
  const good: boolean[] = [];
  try {
    const people: Walker[] = [{ who: 'visitor', cookie: '' }];
    for (const [who, name] of Object.entries(PEOPLE)) people.push({ who, cookie: await logIn(forum, name) });
    if (wanted.includes('markup')) good.push(await markup(forum, people, folder));
    if (wanted.includes('links')) good.push(links(forum));
    if (wanted.includes('lighthouse')) {
      // As it is served for good: in development robots.txt turns every crawler away.
      await forum.stop();
      const env = { ...ENV, NODE_ENV: 'production', SECRET: 'of an audit, long enough to be a secret' };
      const served = await startForum(dataDir, { env });
      try {
        const cookie = await logIn({ ...served, accounts: forum.accounts }, PEOPLE.member);
        const topic = await longestTopic(served.url);
        for (const path of ['/', topic]) good.push(lighthouse(served.url + path, '', dataDir));
        good.push(lighthouse(`${served.url}/submit`, cookie, dataDir));
      } finally {
        await served.stop();
      }
    }
  } finally {
    await forum.stop();
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 50, retryDelay: 200 });
  }
  return good.every(Boolean);
}

/** The topic with the most replies among those that are on the front page or were posted last. */
async function longestTopic(url: string): Promise<string> {
  const pages = await Promise.all(
    ['/?per=100', '/new?per=100'].map(async (path) => (await fetch(url + path)).text()),
  );
  const topics = [
    ...pages.join('').matchAll(/href="(\/t\/\d+\/[^"#?]+)(?:#replies)?"[^>]*>[^<]*?([\d,]+) repl/g),
  ];
  const [, path = '/'] = topics.toSorted((a, b) => Number(b[2]) - Number(a[2]))[0] ?? [];
  return path;
}

const asked = process.argv.slice(2);
process.exitCode = (await run(asked.length > 0 ? asked : ['markup', 'links', 'lighthouse'])) ? 0 : 1;
