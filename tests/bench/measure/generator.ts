// The process that sends requests: apart from what is measured, so that its own work is not counted. It is told a load by
// its parent, sends it, and tells what it saw.
import { randomUUID } from 'node:crypto';
import autocannon from 'autocannon';
import { Agent } from 'undici';
import { exponential, randomFrom } from '../made-up/random.ts';
import { FORM_HEADERS, HEADERS, type Kind, type Load, type SeenByKind } from './requests.ts';
import { Tally } from './tally.ts';

const random = randomFrom(1);
const one = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;
const turns = new Map<string, number>();

interface Sent {
  readonly method: Kind['method'];
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

function requestOf({ name, method, paths, cookies, form }: Kind): Sent {
  const headers: Record<string, string> = { ...HEADERS };
  const turn = turns.get(name) ?? 0;
  turns.set(name, turn + 1);
  if (cookies.length > 0) headers.cookie = cookies[turn % cookies.length]!;
  headers['x-forwarded-for'] = address();
  if (form === undefined) return { method, path: one(paths), headers };
  return {
    ...{ method, path: one(paths), headers: { ...headers, ...FORM_HEADERS } },
    body: form
      .replaceAll('{{random}}', () => random().toString(36).slice(2))
      .replaceAll('{{new}}', () => randomUUID()),
  };
}

/** Of some ten thousand networks, so that no budget of one address is spent. */
function address(): string {
  return `10.${Math.floor(random() * 40)}.${Math.floor(random() * 250)}.1`;
}

/** By their shares. */
function chooserOf(kinds: readonly Kind[]): () => Kind {
  const all = kinds.reduce((sum, { share }) => sum + share, 0);
  return () => {
    let left = random() * all;
    return kinds.find(({ share }) => (left -= share) < 0) ?? kinds.at(-1)!;
  };
}

/** Seconds after which an answer counts as lost. */
const LONGEST_WAIT = 120;

/** As many requests at once as there are connections. All are answered at the end: none is half done. */
async function flood({ url, kinds, connections, amount = connections }: Load, tally: Tally): Promise<void> {
  const choose = chooserOf(kinds);
  await new Promise<void>((resolve, reject) => {
    const sending = autocannon(
      {
        url,
        connections,
        amount,
        timeout: LONGEST_WAIT,
        // The kind of the request that is under way stands on its connection: the next one waits for the answer.
        setupClient(client) {
          let kind = kinds[0]!;
          const prepare = (request: object) => {
            kind = choose();
            return { ...request, ...requestOf(kind) };
          };
          client.setRequests([{ setupRequest: prepare }]);
          client.on('response', (status: number, bytes: number, ms: number) => {
            tally.answered(kind, status, bytes, ms);
          });
        },
      },
      (error: Error | null) => {
        if (error) reject(error);
        else resolve();
      },
    );
    sending.on('reqError', (error: Error) => {
      tally.broke(kinds[0]!, error.message);
    });
  });
}

/** Of people who come on their own: beyond it they wait, as behind a proxy. */
const MOST_CONNECTIONS = 128;

/**
 * Each request at its own moment, as by people who know nothing of each other. autocannon has a rate too, and sends each
 * second's share of a connection at once.
 */
async function pace({ url, kinds, seconds, rate = 1 }: Load, tally: Tally): Promise<void> {
  const choose = chooserOf(kinds);
  const agent = new Agent({ connections: MOST_CONNECTIONS, pipelining: 1 });
  const under: Promise<void>[] = [];
  const end = performance.now() + seconds * 1_000;
  for (let due = performance.now(); due < end; due += exponential(random, 1_000 / rate)) {
    const wait = due - performance.now();
    if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait));
    under.push(sendOne(agent, url, choose(), tally));
  }
  await Promise.all(under);
  await agent.close();
}

async function sendOne(agent: Agent, url: string, kind: Kind, tally: Tally): Promise<void> {
  const started = performance.now();
  try {
    const { statusCode, body } = await agent.request({ origin: url, ...requestOf(kind) });
    const bytes = (await body.arrayBuffer()).byteLength;
    tally.answered(kind, statusCode, bytes, performance.now() - started);
  } catch (error) {
    tally.broke(kind, error instanceof Error ? error.message : String(error));
  }
}

process.on('message', (load: Load) => {
  const tally = new Tally(load.kinds);
  (load.rate === undefined ? flood(load, tally) : pace(load, tally)).then(
    () => process.send!(tally.result() satisfies SeenByKind),
    (error: unknown) => {
      throw error;
    },
  );
});
