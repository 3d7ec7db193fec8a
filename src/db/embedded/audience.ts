// The keeper's side of the control socket: who is there, what they are told, and when the last one is gone.
import fs from 'node:fs';
import net from 'node:net';
import { send } from './control.ts';
import type { Notice } from './control.ts';

/** How long the database stays up without a client, so that a server restarted by watch mode finds it running. */
const GRACE_MS = 1000;
/** How long a keeper that was told to end still waits for its clients: they are told to end at the same time. */
const FAREWELL_MS = 5000;

interface Audience {
  /** Aborted when the database is needed no more. */
  readonly gone: AbortSignal;
  /** PostgreSQL serves: tells those present, and from now on whoever comes. */
  ready(fresh: boolean): void;
  /** PostgreSQL does not serve at the moment. */
  trouble(message: string): void;
  /** PostgreSQL will not serve: tells those present, who leave then, and whoever comes before the last has left. */
  failed(message: string): void;
  /** The keeper was asked to end: it does as soon as its clients are gone, or soon without that. */
  dismiss(): void;
  /** Sends what is still unsent and takes no more clients. */
  close(): Promise<void>;
}

/** Listens at the control socket. The caller holds the data folder's lock: a socket that is still there is dead. */
export async function openAudience(control: string): Promise<Audience> {
  const gone = new AbortController();
  const clients = new Set<net.Socket>();
  let standing: Notice | undefined;
  let graceMs = GRACE_MS;

  const greet = (client: net.Socket): void => {
    if (!standing) return;
    send(client, standing);
    if (standing.kind === 'ready') standing = { ...standing, fresh: false };
  };
  const stand = (notice: Notice): void => {
    if (gone.signal.aborted) return;
    standing = notice;
    clients.forEach(greet);
  };
  // Whoever comes from now on must not be told that PostgreSQL serves: it is about to be stopped.
  const end = (): void => {
    standing = undefined;
    gone.abort();
  };
  let grace = setTimeout(end, GRACE_MS);

  const server = net.createServer((client) => {
    clearTimeout(grace);
    clients.add(client);
    client.on('error', () => client.destroy());
    client.on('close', () => {
      clients.delete(client);
      if (clients.size === 0) grace = setTimeout(end, graceMs);
    });
    client.resume();
    greet(client);
  });
  fs.rmSync(control, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(control, resolve);
  });

  return {
    gone: gone.signal,
    ready: (fresh) => stand({ kind: 'ready', fresh }),
    trouble(message) {
      standing = undefined;
      for (const client of clients) send(client, { kind: 'trouble', message });
    },
    failed(message) {
      graceMs = 0;
      stand({ kind: 'failed', message });
    },
    dismiss() {
      graceMs = 0;
      setTimeout(end, clients.size === 0 ? 0 : FAREWELL_MS);
    },
    async close() {
      clearTimeout(grace);
      server.close();
      await Promise.all([...clients].map((client) => new Promise<void>((sent) => client.end(sent))));
    },
  };
}
