// A visit is noted when a person was shown a topic, and not when a program asked whether it is there.
import { visits } from '../../../src/db/schema/index.ts';
import { paths } from '../../../src/web/paths.ts';
import { expect, test } from '../../support/forum.ts';

test('asking for the head of a topic’s page, or fetching it ahead, is no visit', async ({
  make,
  app,
  db,
}) => {
  await make.member({ name: 'anna', password: 'a long password' });
  const [asked, fetched, read] = [await make.topic(), await make.topic(), await make.topic()];
  const signedIn = await app.inject({
    method: 'POST',
    url: paths.signIn(),
    headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' },
    payload: 'name=anna&password=a+long+password',
  });
  const cookies = Object.fromEntries(signedIn.cookies.map(({ name, value }) => [name, value]));
  expect((await app.inject({ method: 'HEAD', url: paths.topic(asked), cookies })).statusCode).toBe(200);
  await app.inject({ url: paths.topic(fetched), cookies, headers: { 'sec-purpose': 'prefetch' } });
  await app.inject({ url: paths.topic(read), cookies });
  const noted = () => db.select({ topicId: visits.topicId }).from(visits);
  await expect.poll(async () => (await noted()).map(({ topicId }) => topicId)).toContain(read.id);
  expect(await noted()).toEqual([{ topicId: read.id }]);
});
