// A process with nothing but a Fastify handler, which sends the bytes that a page of the forum has: how fast the page could
// be. Told by its parent which of the three it is.
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip, zstdCompress } from 'node:zlib';
import Fastify, { type FastifyRequest } from 'fastify';
import pg from 'pg';
import type { Coding } from '../measure/page.ts';

/** The page in pieces: before each reply's text what stands there, and after the last one the rest. */
export interface Frames {
  readonly before: readonly { readonly postId: string; readonly text: string }[];
  readonly rest: string;
}

export interface BareOrder {
  /** What is done for each request: nothing, one query of a page's replies, or all the queries of a member's page. */
  readonly work: 'bytes' | 'rows' | 'member';
  readonly type: string;
  readonly coding: Coding;
  readonly level: number;
  readonly databaseUrl: string;
  readonly topicId: number;
  readonly frames: Frames;
  /** Compressed, in base 64. */
  readonly bytes: string;
}

const COMPRESS: Readonly<Record<Coding, (text: string, level: number) => Promise<Buffer>>> = {
  br: (text, level) =>
    promisify(brotliCompress)(text, { params: { [constants.BROTLI_PARAM_QUALITY]: level } }),
  gzip: (text, level) => promisify(gzip)(text, { level }),
  zstd: (text, level) =>
    promisify(zstdCompress)(text, { params: { [constants.ZSTD_c_compressionLevel]: level } }),
};

const ROWS = {
  name: 'rows',
  text: `select p.id, p.parent_id, p.depth, p.posted_at, p.score, p.body_html, m.name
    from posts p join members m on m.id = p.author_id where p.topic_id = $1 and p.state = 'visible'`,
};
const SESSION = {
  name: 'session',
  text: `select s.data, m.id, m.name, m.role, (select count(*) from notifications n where n.member_id = m.id and n.read_at is null) as unread
    from sessions s join members m on m.id = s.member_id where s.id_hash = $1 and s.expires_at > now()`,
};
const MARKED_ROWS = {
  name: 'marked-rows',
  text: `select p.id, p.parent_id, p.depth, p.posted_at, p.score, p.body_html, m.name, v.member_id is not null as voted
    from posts p join members m on m.id = p.author_id left join votes v on v.post_id = p.id and v.member_id = $2
    where p.topic_id = $1 and p.state = 'visible'`,
};
const VISIT = {
  name: 'visit',
  text: 'select seen_post_id, previous_seen_post_id from visits where topic_id = $1 and member_id = $2',
};

type Row = Readonly<{ id: string; body_html: string }>;

process.once('message', (order: BareOrder) => {
  void listen(order);
});

async function listen({
  work,
  type,
  coding,
  level,
  databaseUrl,
  topicId,
  frames,
  bytes,
}: BareOrder): Promise<void> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 });
  const finished = Buffer.from(bytes, 'base64');
  const rows = async () => (await pool.query<Row>({ ...ROWS, values: [topicId] })).rows;
  const memberRows = async (request: FastifyRequest) => {
    const cookie = decodeURIComponent(/session=([^;]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '');
    const hash = createHash('sha256').update(cookie.split('.', 1)[0]!).digest('hex');
    const session = await pool.query<{ id: string }>({ ...SESSION, values: [hash] });
    const values = [topicId, session.rows[0]!.id];
    const [found] = await Promise.all([
      pool.query<Row>({ ...MARKED_ROWS, values }),
      pool.query({ ...VISIT, values }),
    ]);
    return found.rows;
  };
  const joined = async (found: readonly Row[]) => COMPRESS[coding](join(frames, found), level);
  const answers: Record<BareOrder['work'], (request: FastifyRequest) => Buffer | Promise<Buffer>> = {
    bytes: () => finished,
    rows: async () => joined(await rows()),
    member: async (request) => joined(await memberRows(request)),
  };
  const app = Fastify();
  app.get('/*', async (request, reply) => {
    const answer = await answers[work](request);
    return reply.header('content-type', type).header('content-encoding', coding).send(answer);
  });
  process.send!(await app.listen({ port: 0, host: '127.0.0.1' }));
}

function join({ before, rest }: Frames, rows: readonly Row[]): string {
  const texts = new Map(rows.map(({ id, body_html }) => [id, body_html]));
  let page = '';
  for (const { postId, text } of before) page += text + texts.get(postId)!;
  return page + rest;
}
