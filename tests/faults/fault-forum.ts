// A forum to break: a data folder, the process on it, members who are logged in, and a way to look at its database.
import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { Signer } from '@fastify/cookie';
import { type Connection, openConnection } from '../../src/db/connection.ts';
import { openPlace, PORT } from '../../src/db/embedded/place.ts';
import { sessions } from '../../src/db/schema/index.ts';
import type { MemberId } from '../../src/domain/ids.ts';
import { createPasswords } from '../../src/lib/passwords.ts';
import { keeperGone, removeFolder, temporaryFolder } from '../db/embedded/processes.ts';
import { type ForumProcess, startForum, type StartOptions } from '../processes/forum-process.ts';
import { TestClock } from '../support/clock.ts';
import { makers } from '../support/make.ts';

export interface LoadMember {
  readonly id: MemberId;
  readonly name: string;
  /** Of a session that lasts. */
  readonly cookie: string;
}

/** So many that none of them reaches a budget or a pace of the forum, however fast all of them write together. */
const MEMBERS = 150;
const SESSION_MS = 24 * 60 * 60 * 1_000;

/** The address of the embedded database's superuser, whose eyes no row security narrows. */
function databaseUrlOf(dataDir: string): string {
  const { sockets } = openPlace(dataDir);
  return `postgresql://postgres@/tokenwire?host=${encodeURIComponent(sockets)}&port=${PORT}`;
}

export class FaultForum {
  readonly dataDir: string;
  readonly databaseUrl: string;
  readonly #options: StartOptions;
  #processes: ForumProcess[] = [];
  /** Who writes. */
  members: readonly LoadMember[] = [];
  #reader: LoadMember | undefined;

  constructor(dataDir = temporaryFolder(), options: StartOptions = {}) {
    this.dataDir = dataDir;
    this.databaseUrl = options.env?.DATABASE_URL ?? databaseUrlOf(dataDir);
    this.#options = options;
  }

  /** The process that was started last, but not beside another. */
  get process(): ForumProcess {
    const last = this.#processes.at(-1);
    if (!last) throw new Error('The forum has not been started.');
    return last;
  }

  /** Somebody who takes no part in the load. */
  get reader(): LoadMember {
    if (!this.#reader) throw new Error('Nobody has joined.');
    return this.#reader;
  }

  get url(): string {
    return this.process.url;
  }

  /** Everything that its processes have printed. */
  get output(): string {
    return this.#processes.map((forum) => forum.output()).join('');
  }

  /** Starts it, from the second time on at the same address, as a supervisor would. */
  async start(
    port = this.#processes.length > 0 ? Number(new URL(this.url).port) : undefined,
  ): Promise<ForumProcess> {
    const forum = await startForum(this.dataDir, { ...this.#options, ...(port !== undefined && { port }) });
    this.#processes.push(forum);
    return forum;
  }

  /** Starts another one on the same data folder. */
  async startBeside(port?: number): Promise<ForumProcess> {
    const forum = await startForum(this.dataDir, { ...this.#options, ...(port !== undefined && { port }) });
    this.#processes.unshift(forum);
    return forum;
  }

  /** Makes the reader and the members of a load, with sessions, and lifts the limits of new members, which they all are. */
  async join(): Promise<void> {
    [this.#reader, ...this.members] = await this.look(async ({ db, pool }) => {
      await pool.query(`update settings set values = values || '{"newMemberLimits":"off"}'`);
      const clock = new TestClock();
      clock.set(new Date().toISOString());
      const secret = fs.readFileSync(path.join(this.dataDir, 'secret'), 'utf8');
      const make = makers(db, clock, createPasswords());
      const joined: LoadMember[] = [];
      for (let n = 0; n <= MEMBERS; n += 1) {
        const { id, name } = await make.member({ name: `loader_${n}`, repliesKept: 0 });
        joined.push({ id, name, cookie: await openSession(db, id, secret) });
      }
      return joined;
    });
  }

  /** Looks at the database on a connection of its own, which no fault before has broken. */
  async look<T>(what: (connection: Connection) => Promise<T>): Promise<T> {
    const connection = openConnection(this.databaseUrl, { max: 2, onTrouble: () => undefined });
    try {
      return await what(connection);
    } finally {
      await connection.close();
    }
  }

  /** Ends the processes; resolves when the embedded database has ended with them. */
  async leave(): Promise<void> {
    for (const forum of this.#processes) await forum.stop();
    await keeperGone(this.dataDir);
  }

  /** Leaves nothing behind. */
  async end(): Promise<void> {
    await this.leave();
    removeFolder(this.dataDir);
  }
}

async function openSession(db: Connection['db'], memberId: MemberId, secret: string): Promise<string> {
  const id = randomBytes(24).toString('base64url');
  const now = new Date();
  await db.insert(sessions).values({
    idHash: createHash('sha256').update(id).digest('hex'),
    memberId,
    data: { memberId },
    createdAt: now,
    lastSeenAt: now,
    expiresAt: new Date(now.getTime() + SESSION_MS),
  });
  return `session=${new Signer(secret).sign(id)}`;
}
