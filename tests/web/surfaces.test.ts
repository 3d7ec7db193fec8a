// What is left of a post or topic that is gone at its own place, and who reads it there (gone-everywhere.test.ts has the
// surfaces on which nothing of it is left).
import { expect, test } from '../support/forum.ts';
import type { PostRow } from '../support/make.ts';
import { paths } from '../../src/web/paths.ts';

const WORD = 'zeppelin';
const AT = new Date('2026-04-03T12:00:00Z');

/** A visible topic with a reply, and the same four ways gone: hidden, held, withdrawn, and hidden after withdrawing. */
const GONE = [
  ['hidden', { hiddenAt: AT }],
  ['held', { heldAt: AT }],
  ['withdrawn', { withdrawnAt: AT }],
  ['hidden and withdrawn', { hiddenAt: AT, withdrawnAt: AT }],
] as const;

for (const [state, columns] of GONE) {
  test(`a reply that is ${state} leaves no text and no count on the page, and what answers it stays`, async ({
    make,
    as,
  }) => {
    const author = await make.member({ name: 'author' });
    const topic = await make.topic({ title: 'A topic with replies' });
    const shown = await make.reply({ topic, body: 'This one stays' });
    const gone: PostRow = await make.reply({
      topic,
      parent: shown,
      author,
      body: `Nobody reads of the ${WORD}`,
      ...columns,
    });
    await make.reply({ topic, parent: gone, body: 'An answer that stays' });
    const surfaces = [
      paths.topic(topic),
      paths.topic(topic, { sort: 'new' }),
      paths.topic(topic, { branch: shown.id }),
      paths.postHistory(gone.id),
    ];
    for (const browser of [as.visitor(), await as.member()]) {
      for (const path of surfaces) {
        const { html } = await browser.visit(path);
        expect(html.toLowerCase().includes(`the ${WORD}`), path).toBe(false);
      }
      const page = await browser.visit(paths.topic(topic));
      expect(page.text).toContain('Replies (2)');
      expect(page.text).toContain('An answer that stays');
      expect((await browser.visit('/')).text).toContain('2 replies');
    }
  });
}

test('its author and the moderators read what is hidden or held, with the reason; what is withdrawn, nobody', async ({
  make,
  as,
}) => {
  const author = await make.member({ name: 'author' });
  const topic = await make.topic();
  const hidden = await make.reply({ topic, author, body: 'Hidden words' });
  await make.hide({ post: hidden.id, reason: 'Off the subject', rule: 3 });
  await make.reply({ topic, author, body: 'Held words', heldAt: AT });
  await make.reply({ topic, author, body: 'Withdrawn words', withdrawnAt: AT });
  for (const browser of [await as.member(author), await as.moderator()]) {
    const { main } = await browser.visit(paths.topic(topic));
    expect(main).toContain('Hidden words');
    expect(main).toContain('Hidden by a moderator: Off the subject (rule 3).');
    expect(main).toContain('Held words');
    expect(main).toContain('Awaiting approval');
    expect(main).not.toContain('Withdrawn words');
  }
  const { main } = await as.visitor().visit(paths.topic(topic));
  expect(main).toContain('Hidden by a moderator: Off the subject (rule 3).');
  expect(main).toContain('Deleted by its author.');
  for (const words of ['Hidden words', 'Held words', 'Withdrawn words', 'Awaiting approval'])
    expect(main).not.toContain(words);
});

test('the permalink of a reply in a hidden topic does not tell the title', async ({ make, as }) => {
  const topic = await make.topic({ title: 'A title that gives it away' });
  const reply = await make.reply({ topic });
  await make.hide({ topic: topic.id });
  const { headers } = await as.visitor().get(paths.post(reply.id));
  expect(headers.location).toBe(`/t/${topic.id}`);
  const page = await as.visitor().visit(paths.post(reply.id));
  expect(page.status).toBe(410);
  expect(page.html).not.toContain('gives it away');
});

test('a topic that is gone answers at its address: hidden 410 with the reason, held 404, withdrawn 410 unless others replied', async ({
  make,
  as,
}) => {
  const visitor = as.visitor();
  const hidden = await make.topic({ title: 'Hidden topic', body: 'Secret words' });
  await make.hide({ topic: hidden.id, reason: 'Advertising', rule: 4 });
  const gone = await visitor.visit(paths.topic(hidden));
  expect(gone.status).toBe(410);
  expect(gone.main).toContain('Advertising (rule 4)');
  expect(gone.html).not.toContain('Secret words');
  expect(gone.document.querySelector('main a[href="/moderation/log"]')).not.toBeNull();

  expect((await visitor.visit(paths.topic(await make.topic({ heldAt: AT })))).status).toBe(404);

  const author = await make.member({ name: 'author' });
  const withdrawn = await make.topic({
    author,
    body: 'Blanked words',
    source: 'https://blank.example/a',
    withdrawnAt: AT,
  });
  await make.reply({ topic: withdrawn, author });
  expect((await visitor.visit(paths.topic(withdrawn))).status).toBe(410);
  await make.reply({ topic: withdrawn, body: 'Someone else was here' });
  const page = await visitor.visit(paths.topic(withdrawn));
  expect(page.status).toBe(200);
  expect(page.main).toContain('Someone else was here');
  expect(page.html).not.toContain('Blanked words');
  expect(page.html).not.toContain('blank.example');
  expect(page.main).toContain('Deleted by its author');
  expect(page.main).not.toContain('former member');
});

test('nobody reads, or reads the name at, a reply that was withdrawn after it was hidden or held', async ({
  make,
  as,
}) => {
  const author = await make.member({ name: 'regretful' });
  const topic = await make.topic();
  const hidden = await make.reply({ topic, author, body: 'Taken back', withdrawnAt: AT });
  await make.hide({ post: hidden.id, reason: 'Off the subject', rule: 3 });
  const held = await make.reply({ topic, author, body: 'Taken back', heldAt: AT, withdrawnAt: AT });
  for (const browser of [as.visitor(), await as.member(), await as.moderator()]) {
    const { main, document } = await browser.visit(paths.topic(topic));
    expect(main).toContain('Hidden by a moderator: Off the subject (rule 3).');
    expect(document.querySelector('main')?.textContent).not.toMatch(/Taken back|regretful/);
    for (const { id } of [hidden, held]) {
      const history = await browser.visit(paths.postHistory(id));
      expect([404, 410]).toContain(history.status);
      expect(history.main).not.toMatch(/Taken back|regretful/);
    }
  }
  const own = (await (await as.member(author)).visit(paths.topic(topic))).document;
  expect(own.querySelector(`a[href="${paths.postWithdraw(hidden.id)}"]`)).toBeNull();
});

test.for([
  ['withdrawn', { withdrawnAt: AT }],
  ['withdrawn and hidden', { withdrawnAt: AT, hiddenAt: AT }],
] as const)(
  'the author of a topic that is %s is not given away by their replies',
  async ([, columns], { make, as }) => {
    const author = await make.member({ name: 'author' });
    const there = await make.topic({ author });
    await make.reply({ topic: there, author });
    const marked = await as.visitor().visit(paths.topic(there));
    const mark = '.replies .badge-op';
    expect(marked.document.querySelector(mark)).not.toBeNull();

    const topic = await make.topic({ author, source: 'https://gone.example/a', ...columns });
    await make.reply({ topic, author });
    await make.reply({ topic });
    const browsers = 'hiddenAt' in columns ? [] : [as.visitor(), await as.member()];
    for (const browser of [...browsers, await as.moderator()]) {
      const page = await browser.visit(paths.topic(topic));
      expect(page.status).toBe(200);
      expect(page.document.querySelector(mark)).toBeNull();
      expect(page.main).not.toMatch(/Posted by/);
      expect(page.html).not.toContain('gone.example');
    }
  },
);

test('a topic that awaits approval is not locked: the log would tell of it', async ({ make, as }) => {
  const topic = await make.topic({ heldAt: AT });
  const moderator = await as.moderator();
  const answer = await moderator.post(paths.topicLock(topic.id), { reason: 'Enough', do: 'lock' });
  expect(answer.status).toBe(409);
  expect((await as.visitor().visit(paths.moderationLog())).main).not.toContain('Enough');
});
