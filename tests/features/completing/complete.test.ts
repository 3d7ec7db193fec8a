// What "@na" and the beginning of a tag may become.
import { tags, topicTags } from '../../../src/db/schema/index.ts';
import { paths } from '../../../src/web/paths.ts';
import { expect, test } from '../../support/forum.ts';
import type { Browser } from '../../support/browser.ts';

async function offers(browser: Browser, query: Record<string, string>): Promise<string[]> {
  const answer = await browser.get(paths.complete(query), { accept: 'application/json' });
  expect(answer.status).toBe(200);
  const { offers: offered } = JSON.parse(answer.text) as { offers: { value: string; note: string }[] };
  return offered.map(({ value, note }) => (note === '' ? value : `${value} (${note})`));
}

test('names by their first letters: who takes part in the topic comes first, oneself is not offered', async ({
  make,
  as,
}) => {
  const [anna, anton, author, me] = [
    await make.member({ name: 'anna' }),
    await make.member({ name: 'Anton_B' }),
    await make.member({ name: 'zoe' }),
    await make.member({ name: 'an_me' }),
  ];
  const topic = await make.topic({ author });
  await make.reply({ topic, author: anton });
  const browser = await as.member(me);
  const here = String(topic.id);

  expect(await offers(browser, { name: 'an' })).toEqual(['anna', 'Anton_B']);
  expect(await offers(browser, { name: 'AN', topic: here })).toEqual(['Anton_B (in this topic)', 'anna']);
  expect(await offers(browser, { name: 'anna', topic: here })).toEqual([anna.name]);
  // One letter, or none, is enough to choose among those who are here, and not among all.
  expect(await offers(browser, { name: '', topic: here })).toEqual([
    'Anton_B (in this topic)',
    'zoe (in this topic)',
  ]);
  expect(await offers(browser, { name: 'a' })).toEqual([]);
});

test('an underscore is a letter, and what no name can begin with finds nobody', async ({ make, as }) => {
  await make.member({ name: 'a_b' });
  await make.member({ name: 'axb' });
  const browser = await as.member();
  expect(await offers(browser, { name: 'a_' })).toEqual(['a_b']);
  for (const name of ['a%', 'a\\', "a'", 'ä', 'a'.repeat(26)])
    expect(await offers(browser, { name })).toEqual([]);
});

test('who takes part in a topic that cannot be opened is not told', async ({ make, as, clock }) => {
  const author = await make.member({ name: 'zoe' });
  const topic = await make.topic({ author, hiddenAt: clock.now() });
  expect(await offers(await as.member(), { name: 'zo', topic: String(topic.id) })).toEqual(['zoe']);
});

test('tags by the beginning of their names or aliases, the most used first', async ({ make, as, db }) => {
  const topic = await make.topic();
  const another = await make.topic();
  const [openai, weights, never] = await db
    .insert(tags)
    .values([
      { slug: 'openai', name: 'OpenAI' },
      { slug: 'open-weights', name: 'Open weights' },
      { slug: 'inference', name: 'inference', aliases: ['operations'] },
    ])
    .returning({ id: tags.id });
  const carry = (topicId: typeof topic.id, tag: typeof openai) => ({
    topicId,
    tagId: tag?.id ?? expect.fail(),
    position: 0,
  });
  await db
    .insert(topicTags)
    .values([
      carry(topic.id, openai),
      carry(topic.id, weights),
      carry(another.id, weights),
      carry(topic.id, never),
    ]);
  const browser = await as.member();
  expect(await offers(browser, { tag: 'ope' })).toEqual([
    'open-weights (Open weights)',
    'inference',
    'openai',
  ]);
  expect(await offers(browser, { tag: 'Open W' })).toEqual(['open-weights (Open weights)']);
  expect(await offers(browser, { tag: '!?' })).toEqual([]);
});

test('visitors are asked to log in', async ({ as }) => {
  const answer = await as.visitor().get(paths.complete({ name: 'an' }), { accept: 'application/json' });
  expect(answer.status).toBe(401);
});
