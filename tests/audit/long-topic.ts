// The topic that pages are measured on: the longest of the demonstration, brought to a hundred replies by its members.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { PACE } from '../../src/domain/limits.ts';
import type { Walker } from './walk.ts';

/** What the figures are promised for. */
const REPLIES = 100;
/** As long as people's are, with a list, code and a quote among them. */
const BODIES = [
  'We measured this for a quarter. What helped was boring: a queue in front, one person who reads it, and a log that says who asked for what.',
  'Two things are mixed up here.\n\n- What it costs to run\n- What it costs to be wrong\n\nThe second one decides, and nobody puts it into the calculation.',
  '> the tools will be good enough next year\n\nThat was said last year, too. Here is what we run instead:\n\n```\nreview --scope changed --deny write\n```',
];

interface LongTopic {
  readonly path: string;
  readonly replies: number;
}

/** @param members logged in, who may reply */
export async function longTopic(url: string, members: readonly Walker[]): Promise<LongTopic> {
  const { path, replies } = await longestTopic(url);
  const missing = Math.max(0, REPLIES - replies);
  const posted = Array.from({ length: missing }, (_, n) => n);
  // Everybody writes at their own pace, all at the same time.
  await Promise.all(
    members.map(async (member, index) => {
      for (const n of posted.filter((each) => each % members.length === index)) {
        await reply(url, path, member, BODIES[n % BODIES.length] ?? '');
        await sleep(PACE.betweenReplies);
      }
    }),
  );
  return longestTopic(url);
}

async function reply(url: string, path: string, { who, cookie }: Walker, body: string): Promise<void> {
  const [topic] = /^\/t\/\d+/.exec(path) ?? [];
  const answer = await fetch(`${url}${topic}/reply`, {
    method: 'POST',
    headers: { cookie, origin: url },
    body: new URLSearchParams({ body, form_id: randomUUID() }),
    redirect: 'manual',
  });
  if (answer.status !== 303) throw new Error(`The ${who} cannot reply to ${path}: ${answer.status}`);
}

/** The topic with the most replies among those that are on the front page or were posted last. */
async function longestTopic(url: string): Promise<LongTopic> {
  const pages = await Promise.all(
    ['/?per=100', '/new?per=100'].map(async (path) => (await fetch(url + path)).text()),
  );
  const topics = [
    ...pages.join('').matchAll(/href="(\/t\/\d+\/[^"#?]+)(?:#replies)?"[^>]*>[^<]*?([\d,]+) repl/g),
  ].map(([, path = '', replies = '']) => ({ path, replies: Number(replies.replaceAll(',', '')) }));
  const [longest] = topics.toSorted((a, b) => b.replies - a.replies);
  if (!longest) throw new Error('The demonstration has no topic with replies.');
  return longest;
}
