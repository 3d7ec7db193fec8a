// Rules about words and domains: tried, saved, met and ended.
import { eq } from 'drizzle-orm';
import { watchRules } from '../../../src/db/schema/index.ts';
import type { SafeHtml } from '../../../src/lib/html.ts';
import { expect, test } from '../../support/forum.ts';
import { actionRows, putInQueue } from '../../support/moderation-rows.ts';
import { watch } from '../../support/watch-rows.ts';

const WORD = { kind: 'word', pattern: 'Casino*', effect: 'hold' };
const TRY = 'Try it on the last 30 days';

test('a rule is tried before it is saved, and says what it would have done', async ({
  make,
  as,
  db,
  clock,
}) => {
  const topic = await make.topic({ title: 'The casino opens', postedAt: clock.ago({ days: 2 }) });
  for (let n = 1; n <= 11; n += 1) {
    await make.reply({ topic, body: `Number ${n} at the CАSINOS`, postedAt: clock.ago({ hours: n }) });
  }
  await make.reply({ topic, body: 'An old casino', postedAt: clock.ago({ days: 31 }) });
  await make.reply({ topic, body: 'A casino from elsewhere', originKey: 'elsewhere:1' });
  const browser = await as.moderator();
  const page = await browser.visit('/moderation/watch');
  const tried = await page.press(TRY, WORD);
  expect(tried.status).toBe(200);
  expect(tried.main).toContain('Would have held 12 posts of the last 30 days.');
  expect(tried.main).toContain('Number 10 at the');
  expect(tried.main).not.toContain('Number 11 at the');
  expect(tried.main).toContain('And 2 others.');
  expect(await db.select().from(watchRules)).toEqual([]);

  const unreasoned = await tried.press('Save the rule');
  expect(unreasoned.status).toBe(422);
  const saved = await unreasoned.press('Save the rule', { canned: 'Spam or promotion' });
  expect(saved.main).toContain('From now on it is watched.');
  expect(await db.select().from(watchRules)).toMatchObject([
    { ...WORD, pattern: 'casino*', shown: 'Casino*', reason: 'Spam or promotion', rule: 4, endedAt: null },
  ]);
  expect(await actionRows(db)).toMatchObject([
    { kind: 'watch', rule: 4, data: { what: 'a word, held for approval' } },
  ]);
  expect((await as.visitor().visit('/moderation/log')).main).not.toMatch(/casino/i);
});

test('what a trial finds is shown as readers read it', async ({ make, as }) => {
  const topic = await make.topic();
  const bodyHtml =
    '<p>A <strong>casino</strong> of <a href="https://spins.example/">theirs</a></p>' as SafeHtml;
  await make.reply({ topic, body: 'A **casino** of [theirs](https://spins.example/)', bodyHtml });
  const tried = await (await (await as.moderator()).visit('/moderation/watch')).press(TRY, WORD);
  expect(tried.main).toContain('A casino of theirs');
  expect(tried.main).not.toContain('**');
});

test('what was changed after the trial is tried anew', async ({ as, db }) => {
  const tried = await (await (await as.moderator()).visit('/moderation/watch')).press(TRY, WORD);
  const changed = await tried.press('Save the rule', { pattern: 'roulette', canned: 'Spam or promotion' });
  expect(changed.main).toContain('“roulette”');
  expect(await db.select().from(watchRules)).toEqual([]);
  await changed.press('Save the rule');
  expect(await db.select().from(watchRules)).toMatchObject([{ pattern: 'roulette' }]);
});

test('a domain is banned from the work that led to it, and named in the log', async ({ make, as, db }) => {
  const topic = await make.topic({ source: 'https://news.spam.example/a', title: 'A bargain' });
  const item = await putInQueue(db, { post: topic.openingPostId });
  const browser = await as.moderator();
  const page = await browser.visit(`/moderation/watch?domain=www.Spam.example&item=${item}`);
  expect(page.main).toContain('Would have refused 1 post');
  expect(page.main).toContain('A bargain');
  const rule = await page.press('Save the rule', { canned: 'Spam or promotion' });
  expect(rule.document.querySelector('.back')?.getAttribute('href')).toBe(`/moderation?current=${item}`);
  expect(await actionRows(db)).toMatchObject([{ kind: 'ban-domain', data: { what: 'spam.example' } }]);
  expect((await as.visitor().visit('/moderation/log')).main).toContain('spam.example');
});

test('the queue leads to what is watched', async ({ as }) => {
  const queue = await (await as.moderator()).visit('/moderation');
  expect((await queue.follow('Watched words and domains')).url).toBe('/moderation/watch');
});

test('what cannot be watched comes back with what is wrong', async ({ as }) => {
  const page = await (await as.moderator()).visit('/moderation/watch');
  const empty = await page.press(TRY, { kind: 'word', effect: 'hold', pattern: ' x ' });
  expect(empty.status).toBe(422);
  expect(empty.error('pattern')).toContain('at least 2 letters');
  expect(empty.field('pattern').value).toBe('x');
  const domain = await page.press(TRY, { kind: 'domain', effect: 'refuse', pattern: 'co.uk' });
  expect(domain.error('pattern')).toContain('not one site');
});

test('the same is not watched twice: of two moderators the second is told', async ({ as, db }) => {
  const [first, second] = [await as.moderator(), await as.moderator()];
  const tried = await (await second.visit('/moderation/watch')).press(TRY, WORD);
  await (
    await (await first.visit('/moderation/watch')).press(TRY, WORD)
  ).press('Save the rule', { reason: 'Spam' });
  const late = await tried.press('Save the rule', { reason: 'Spam from others' });
  expect(late.status).toBe(409);
  expect(late.field('reason').value).toBe('Spam from others');
  expect(late.main).toContain('This is watched already');
  expect(await db.select().from(watchRules)).toHaveLength(1);
});

test('a rule is ended with a reason, and then met no more', async ({ make, as, db, clock }) => {
  const browser = await as.moderator();
  const page = await browser.visit('/moderation/watch?domain=spam.example');
  const rule = await page.press('Save the rule', { canned: 'Spam or promotion' });
  expect((await rule.press('End it')).status).toBe(422);
  const list = await rule.press('End it', { reason: 'They have mended their ways' });
  expect(list.main).toContain('Nothing is watched yet.');
  expect(await db.select().from(watchRules)).toMatchObject([{ endedAt: clock.now() }]);
  const [made, ended] = await actionRows(db);
  expect(ended).toMatchObject({ kind: 'allow-domain', data: { what: 'spam.example' } });
  expect(made?.undoneById).toBe(ended?.id);
  const reply = await (await as.member()).visit(`/t/${(await make.topic()).id}/reply`);
  expect((await reply.press('Post reply', { body: 'At https://spam.example/x' })).main).toContain(
    'spam.example',
  );
});

test('how often a rule was met, and by whom it was made, stands at it', async ({ make, as, db }) => {
  const id = await watch(db, 'casino', 'mark');
  const maker = await make.member({ name: 'rule_maker', role: 'moderator' });
  await db.update(watchRules).set({ madeById: maker.id }).where(eq(watchRules.id, id));
  const topic = await make.topic();
  await (await (await as.member()).visit(`/t/${topic.id}/reply`)).press('Post reply', { body: 'A casino' });
  const page = await (await as.moderator()).visit('/moderation/watch');
  expect(page.main).toMatch(/casino\nonly noted: Spam or promotion \(rule 4\)\nrule_maker,.*met by 1 post/);
});
