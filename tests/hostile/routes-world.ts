// A small forum in which ids lead to something: what is visible, held, hidden, withdrawn, flagged and edited.
import type { FastifyInstance } from 'fastify';
import { paths } from '../../src/web/paths.ts';
import type { Make, MemberRow } from '../support/make.ts';
import { ask, portOf } from './raw-socket.ts';
import { encoded, post, signedIn } from './socket-requests.ts';

export const WHO = ['visitor', 'member', 'moderator', 'admin'] as const;
export type Who = (typeof WHO)[number];

export interface World {
  readonly cookies: Readonly<Record<Who, string>>;
  /** A value for a parameter of a route that leads to something of this world. */
  readonly pick: (url: string, parameter: string, n: number) => string;
}

let serial = 0;

/** Makes one, besides what is there already. */
export async function makeWorld(app: FastifyInstance, make: Make): Promise<World> {
  serial += 1;
  const author = await make.member({ name: `author${serial}`, password: 'correct horse battery' });
  const cookies = {
    visitor: '',
    member: await signedIn(app, make, { name: `writer${serial}` }),
    moderator: await signedIn(app, make, { role: 'moderator' }),
    admin: await signedIn(app, make, { role: 'admin' }),
  };
  const [writer] = await app.db.query.members.findMany({
    where: (row, { eq }) => eq(row.name, `writer${serial}`),
  });
  const { topics, posts } = await makePosts(make, author, writer as MemberRow);
  for (const id of posts.slice(0, 2))
    await ask(
      portOf(app),
      post(paths.postFlag(id), encoded({ reason: 'spam', note: 'Look' }), cookies.moderator),
    );
  const items = await app.db.query.queueItems.findMany();
  const sources = await app.db.query.sources.findMany();
  const ids = {
    t: topics.map(({ id }) => id),
    p: posts,
    items: items.map(({ id }) => id),
    sections: app.site.current().sections.map(({ id }) => id),
    members: [author.id, (writer as MemberRow).id],
  };
  const values: Readonly<Record<string, readonly string[]>> = {
    ':slug': [...topics.map(({ slug }) => slug), 'funding', 'regions'],
    ':name': [author.name, author.name.toUpperCase()],
    ':host': ['a.example', 'xn--bcher-kva.example'],
    ':source': sources.map(({ id }) => String(id)),
    ':n': ['1', '2'],
    ':part': ['1', '2'],
    ':file': ['0.css'],
    '*': ['app.css', 'styles/', 'scripts/../app.css'],
  };
  return {
    cookies,
    pick(url, parameter, n) {
      const kind = Object.keys(ids).find((each) => url.includes(`/${each}/`)) as keyof typeof ids | undefined;
      const name = /^:\w+|^\*/.exec(parameter)?.[0] ?? '';
      const known = name === ':id' && kind ? ids[kind].map(String) : (values[name] ?? ['1']);
      return known[n % known.length] ?? '1';
    },
  };
}

async function makePosts(make: Make, author: MemberRow, writer: MemberRow) {
  const open = await make.topic({ author: writer, source: `https://a.example/${serial}` });
  const other = await make.topic({ author });
  const digest = await make.topic({ author, kind: 'digest' });
  const hidden = await make.topic({ author });
  const at = new Date('2026-04-03T12:00:00Z');
  const held = await make.topic({ author, heldAt: at });
  const first = await make.reply({ topic: open, author });
  const second = await make.reply({ topic: open, parent: first, author: writer });
  const gone = await make.reply({ topic: open, author, withdrawnAt: at });
  const bad = await make.reply({ topic: other, author: writer });
  await make.hide({ topic: hidden.id });
  await make.hide({ post: bad.id });
  const topics = [open, other, digest, hidden, held];
  return {
    topics,
    posts: [
      first.id,
      open.openingPostId,
      second.id,
      other.openingPostId,
      gone.id,
      bad.id,
      held.openingPostId,
    ],
  };
}
