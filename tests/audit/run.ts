// `node tests/audit/run.ts [markup] [links] [lighthouse]`: what other people's tools find in a demonstration forum
// (docs/practices/auditing.md). They are fetched by npx at these versions and are no dependencies of the forum.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ForumProcess, startForum } from '../processes/forum-process.ts';
import { longTopic } from './long-topic.ts';
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

/** What linkinator says of one: the address with the place on the page, if that is what is not there. */
interface Link {
  readonly url: string;
  readonly status: number;
  readonly state: 'OK' | 'BROKEN';
  readonly parent?: string;
}

/** Addresses that lead nowhere, from the front page on; other sites are not asked, their articles are made up. */
function links({ url }: ForumProcess): boolean {
  // It is one reader to the forum's budget, and waits when it is told to: that takes some minutes. Addresses with a query
  // are without number; the walk has asked for two of each kind. The log leads to what is hidden, where the reason stands.
  const own = ['--skip', `^(?!${url})|[?]`, '--status-code', '410:ok', '--concurrency', '4', '--retry'];
  const { stdout, stderr } = npx('linkinator', [
    url,
    '--recurse',
    '--check-fragments',
    ...own,
    '--format',
    'json',
  ]);
  if (!stdout.startsWith('{')) throw new Error(`linkinator ended without a result: ${stdout}${stderr}`);
  const { links: asked } = JSON.parse(stdout) as { links: readonly Link[] };
  const dead = asked.filter(({ state }) => state !== 'OK');
  say(`linkinator: ${asked.length} addresses, ${dead.length} of them dead`);
  for (const { status, url: to, parent = '' } of dead) say(`  ${status} ${to} on ${parent}`);
  return asked.length > 1 && dead.length === 0;
}

interface Audit {
  readonly score: number | null;
  readonly title: string;
  readonly displayValue?: string;
  readonly errorMessage?: string;
  readonly details?: object;
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
    audits: Record<string, Audit>;
  };
  const scores = Object.entries(categories).map(
    ([name, { score }]) => [name, Math.round((score ?? 0) * 100)] as const,
  );
  say(`${url}: ${scores.map(([name, score]) => `${name} ${score}`).join(', ')}`);
  const failed = Object.values(categories)
    .flatMap(({ auditRefs }) => auditRefs)
    // Without a score it could not be measured; what does not apply weighs nothing.
    .filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 0) < 1);
  for (const { id } of failed) {
    const { title = '', displayValue = '', errorMessage = '', details = {} } = audits[id] ?? {};
    const detail = JSON.stringify(details).slice(0, LONGEST_DETAIL);
    say(`  ${id}: ${title} ${displayValue} ${errorMessage} ${detail}`);
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
      const members = people.filter(({ cookie }) => cookie !== '');
      const topic = await longTopic(forum.url, members);
      say(`${topic.path}: ${topic.replies} replies`);
      // As it is served for good: in development robots.txt turns every crawler away.
      await forum.stop();
      const env = { ...ENV, NODE_ENV: 'production', SECRET: 'of an audit, long enough to be a secret' };
      const served = await startForum(dataDir, { env });
      try {
        const cookie = await logIn({ ...served, accounts: forum.accounts }, PEOPLE.member);
        for (const path of ['/', topic.path]) good.push(lighthouse(served.url + path, '', dataDir));
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

const asked = process.argv.slice(2);
process.exitCode = (await run(asked.length > 0 ? asked : ['markup', 'links', 'lighthouse'])) ? 0 : 1;
