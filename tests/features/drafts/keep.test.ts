// Keeping a draft: by the button of each composer, going on with it, and letting go of it when it is sent or thrown away.
import { eq } from 'drizzle-orm';
import { drafts, posts, topics } from '../../../src/db/schema/index.ts';
import { DRAFTS } from '../../../src/domain/drafts.ts';
import { sweepDrafts } from '../../../src/features/drafts/jobs.ts';
import { paths } from '../../../src/web/paths.ts';
import { expect, test } from '../../support/forum.ts';

test('a new topic is kept with all its fields, found again, and gone when it is posted', async ({
  as,
  db,
  clock,
}) => {
  const browser = await as.member();
  const typed = {
    url: 'https://one.example/a',
    title: 'Lead times',
    tags: 'chips, power',
    body: 'What now?\n\n> So',
  };
  const list = await (
    await browser.visit(paths.submit())
  ).press('Keep as a draft', { ...typed, section: 'infrastructure', model: true });
  expect([list.url, list.status]).toEqual([paths.drafts(), 200]);
  expect(list.main).toContain('Lead times\nNew topic kept 3 April 2026, 14:30 UTC');
  expect((await browser.visit(paths.front())).text).toContain('Drafts (1)');
  // The form for another one says that there is a draft, and is empty.
  const empty = await browser.visit(paths.submit());
  expect(empty.main).toContain('You have an unsent draft: Lead times');
  expect(empty.field('title').value).toBe('');

  const form = await empty.follow('Lead times');
  expect(form.main).toContain('You go on with your draft, kept 3 April 2026');
  for (const [name, value] of Object.entries(typed)) expect(form.field(name).value, name).toBe(value);
  expect(form.document.querySelector('option[selected]')?.getAttribute('value')).toBe('infrastructure');
  expect(form.document.querySelector('[name=model]')?.hasAttribute('checked')).toBe(true);
  clock.advance({ minutes: 1 });
  const kept = await form.press('Keep as a draft', { title: 'Longer lead times' });
  expect(kept.main).toContain('Longer lead times');
  expect(await db.$count(drafts)).toBe(1);
  const posted = await (await kept.follow('Longer lead times')).press('Post topic', { url: '' });
  expect(posted.main).toContain('Longer lead times');
  expect(await db.$count(drafts)).toBe(0);
});

test('a preview and a refusal keep what the form goes on with', async ({ as, db }) => {
  const browser = await as.member();
  const list = await (await browser.visit(paths.submit())).press('Keep as a draft', { body: 'A text.' });
  const refused = await (await list.follow('Without a title yet')).press('Post topic');
  expect(refused.status).toBe(422);
  const preview = await refused.press('Preview');
  const posted = await preview.press('Post topic', { title: 'A title', section: 'funding' });
  expect(posted.main).toContain('A title');
  expect(await db.$count(drafts)).toBe(0);
});

test.for(['topic', 'reply'] as const)(
  'a reply to a %s goes on where it was left',
  async (what, { make, as, db }) => {
    const topic = await make.topic({ title: 'A model' });
    const answered = await make.reply({
      topic,
      author: await make.member({ name: 'diana_f' }),
      body: 'Why so?',
    });
    const path = what === 'topic' ? paths.topicReply(topic.id) : paths.postReply(answered.id);
    const browser = await as.member();
    const list = await (await browser.visit(path)).press('Keep as a draft', { body: '  Because\n\nit is.' });
    expect(list.main).toContain(what === 'topic' ? 'A model\nReply kept' : 'A model\nReply to diana_f kept');
    expect((await list.follow('A model')).field('body').value).toBe('  Because\n\nit is.');
    const again = await browser.visit(path);
    expect(again.field('body').value).toBe('  Because\n\nit is.');
    const page = await browser.visit(paths.topic(topic));
    expect(page.field('body').value).toBe(what === 'topic' ? '  Because\n\nit is.' : '');
    // Others see nothing of it.
    expect((await (await as.member()).visit(path)).field('body').value).toBe('');
    const quote =
      what === 'reply' ? await browser.visit(paths.postReply(answered.id, { quote: '1' })) : again;
    expect(quote.field('body').value.startsWith('  Because\n\nit is.')).toBe(true);
    expect(quote.field('body').value.includes('> Why so?')).toBe(what === 'reply');
    await again.press('Post reply');
    expect(await db.$count(drafts)).toBe(0);
    expect(await db.$count(posts)).toBe(3);
  },
);

test('an edit goes on, says what was saved meanwhile, and is gone when it is saved', async ({
  make,
  as,
  db,
}) => {
  const author = await make.member();
  const topic = await make.topic({ author, title: 'As it was', body: 'As it was.' });
  const browser = await as.member(author);
  const path = paths.postEdit(topic.openingPostId);
  const elsewhere = await browser.visit(path);
  await (await browser.visit(path)).press('Keep as a draft', { tags: 'chips', body: 'Better said.' });
  const form = await browser.visit(path);
  expect([form.field('tags').value, form.field('body').value]).toEqual(['chips', 'Better said.']);
  await elsewhere.press('Save', { body: 'Said elsewhere.' });
  expect(await db.$count(drafts)).toBe(1);
  const stale = await browser.visit(path);
  expect(stale.main).toContain('Changed meanwhile.');
  expect(stale.main).toContain('Said elsewhere.');
  expect(stale.field('body').value).toBe('Better said.');
  const saved = await stale.press('Save');
  expect(saved.main).toContain('Better said.');
  expect(await db.$count(drafts)).toBe(0);
});

test('a draft is discarded from the list and from the composer, by its member alone', async ({
  make,
  as,
  db,
}) => {
  const topic = await make.topic({ title: 'A model' });
  const browser = await as.member();
  const path = paths.topicReply(topic.id);
  const keep = async () => (await browser.visit(path)).press('Keep as a draft', { body: 'Never mind.' });
  const list = await keep();
  const [draft] = await db.select({ id: drafts.id }).from(drafts);
  const stranger = await as.member();
  expect((await stranger.get(paths.draft(draft!.id))).status).toBe(404);
  expect((await stranger.post(paths.draftDiscard(draft!.id))).status).toBe(303);
  expect((await stranger.visit(paths.topicReply(topic.id, { draft: draft!.id }))).field('body').value).toBe(
    '',
  );
  expect((await as.visitor().get(paths.drafts())).status).toBe(303);
  expect(await db.$count(drafts)).toBe(1);
  expect((await list.press('Discard A model')).main).toContain('You have no drafts.');
  await keep();
  const after = await (await browser.visit(path)).press('Discard the draft');
  expect([after.url, after.field('body').value]).toEqual([path, '']);
});

test('what can no longer be sent can be read, with the reason', async ({ make, as, db, clock }) => {
  const topic = await make.topic({ title: 'The secret title' });
  const parent = await make.reply({ topic, author: await make.member({ name: 'diana_f' }) });
  const browser = await as.member();
  const keep = async (path: string, body: string) =>
    (await browser.visit(path)).press('Keep as a draft', { body });
  await keep(paths.topicReply(topic.id), 'To the topic.');
  await keep(paths.postReply(parent.id), 'To the reply.');
  const [first, second] = await db.select({ id: drafts.id }).from(drafts).orderBy(drafts.id);
  const open = (draft: typeof first) => browser.visit(paths.draft(draft!.id));

  await db.update(posts).set({ withdrawnAt: clock.now() }).where(eq(posts.id, parent.id));
  const toWithdrawn = await open(second);
  expect(toWithdrawn.main).toContain('This cannot be sent.');
  expect(toWithdrawn.main).toContain('To the reply.');
  expect((await browser.visit(paths.drafts())).html).not.toContain('diana_f');

  await db.update(topics).set({ lockedAt: clock.now() }).where(eq(topics.id, topic.id));
  const locked = await open(first);
  expect(locked.status).toBe(409);
  expect(locked.main).toContain('locked');
  expect(locked.main).toContain('To the topic.');
  expect((await (await browser.visit(paths.topic(topic))).follow('Read your unsent reply')).main).toContain(
    'To the topic.',
  );

  // Hidden, and held: then it is not even known of.
  for (const gone of [{ hiddenAt: clock.now() }, { heldAt: clock.now() }]) {
    await db.update(topics).set(gone).where(eq(topics.id, topic.id));
    for (const [draft, text] of [
      [first, 'To the topic.'],
      [second, 'To the reply.'],
    ] as const) {
      const page = await open(draft);
      expect(page.status).toBeGreaterThanOrEqual(404);
      expect(page.main).toContain(text);
      expect(page.html.toLowerCase()).not.toContain('secret');
    }
    expect((await browser.visit(paths.drafts())).html.toLowerCase()).not.toContain('secret');
  }
});

test('the last drafts are kept, and what nobody comes back to is swept', async ({ make, as, db, clock }) => {
  const member = await make.member();
  const rows = Array.from({ length: DRAFTS.kept }, (_, n) => ({
    memberId: member.id,
    formId: `form-of-the-number-${n}`,
    fields: { title: [`Number ${n}`] },
    savedAt: new Date(clock.now().getTime() + n),
  }));
  await db.insert(drafts).values(rows);
  const browser = await as.member(member);
  clock.advance({ seconds: 1 });
  await browser.post(paths.drafts(), {
    place: 'topic',
    form_id: 'the-one-too-many-of-all',
    title: 'The last',
  });
  const list = await browser.visit(paths.drafts());
  const titles = [...list.document.querySelectorAll('.items h2')].map(({ textContent }) => textContent);
  expect(titles).toHaveLength(DRAFTS.kept);
  expect([titles[0], titles.at(-1)]).toEqual(['The last', 'Number 1']);

  const sweep = () => sweepDrafts(db, {}, clock.now());
  clock.advance({ days: DRAFTS.days - 1 });
  await sweep();
  expect(await db.$count(drafts)).toBe(DRAFTS.kept);
  clock.advance({ days: 1 });
  await sweep();
  expect(await db.$count(drafts)).toBe(0);
});

test('what no composer sends is refused with the reason', async ({ make, as, db }) => {
  const browser = await as.member();
  const form_id = 'abcdefghijklmnopqrst';
  const others = await make.reply({ topic: await make.topic() });
  const keep = async (fields: Record<string, string>) =>
    (await browser.post(paths.drafts(), { form_id, body: 'A text.', ...fields })).status;
  expect(await keep({ place: 'nowhere' })).toBe(422);
  expect(await keep({ place: 'topic', form_id: '' })).toBe(422);
  expect(await keep({ place: 'reply:999999:0' })).toBe(404);
  expect(await keep({ place: 'reply:1:999999' })).toBe(404);
  expect(await keep({ place: `edit:${others.id}` })).toBe(404);
  expect(await keep({ place: 'topic', body: 'x'.repeat(DRAFTS.characters + 1) })).toBe(409);
  // As long as JSON makes it.
  expect(
    await keep({ place: 'topic', body: '\u0001'.repeat(DRAFTS.characters), draft: '7.9999999999999' }),
  ).toBe(303);
  expect(await keep({ place: 'topic', body: ' \n ' })).toBe(303);
  expect(await db.$count(drafts)).toBe(0);
});
