// Which requests may be answered by a replica: members' pages, until they write. The replica here only counts who asks.
import type { FastifyInstance } from 'fastify';
import { expect, type Forum, test } from '../support/forum.ts';

async function beside(forum: Forum): Promise<{ app: FastifyInstance; asked: () => number }> {
  let asked = 0;
  const reader = () => {
    asked += 1;
    return forum.connection.db;
  };
  const app = await forum.build({ replica: { reader, close: () => Promise.resolve() } });
  await app.ready();
  return {
    app,
    asked: () => {
      const before = asked;
      asked = 0;
      return before;
    },
  };
}

test('a member reads from the replica, but from the primary after a write; visitors never do', async ({
  as,
  forum,
  make,
}) => {
  const topic = await make.topic();
  const { app, asked } = await beside(forum);
  const session = await as.cookie(await make.member());
  const get = async (url: string, cookie: string) =>
    (await app.inject({ url, headers: { cookie } })).statusCode;

  for (const url of [`/t/${topic.id}/${topic.slug}`, '/search?q=word', '/moderation/log', '/tags']) {
    expect([url, await get(url, session), asked()]).toEqual([url, 200, 1]);
    expect([url, await get(url, ''), asked()]).toEqual([url, 200, 0]);
  }
  const written = await app.inject({
    method: 'POST',
    url: `/p/${topic.openingPostId}/save`,
    headers: {
      cookie: session,
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-www-form-urlencoded',
    },
    payload: 'do=save',
  });
  expect([written.statusCode, asked()]).toEqual([303, 0]);
  const [wrote] = written.cookies;
  expect(wrote).toMatchObject({ maxAge: 10, httpOnly: true, sameSite: 'Lax', path: '/' });
  expect(await get(`/t/${topic.id}/${topic.slug}`, `${session}; ${wrote?.name}=${wrote?.value}`)).toBe(200);
  expect(asked()).toBe(0);
  await app.close();
});
