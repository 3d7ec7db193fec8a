// /admin: the reasons that moderators can choose are this forum's own.
import { desc } from 'drizzle-orm';
import { actions } from '../../../src/db/schema/index.ts';
import { DEFAULT_REASONS } from '../../../src/domain/canned-reasons.ts';
import { expect, test } from '../../support/forum.ts';

test('an admin sets the reasons; moderators choose among them, and no others', async ({ as, make, db }) => {
  const page = await (await as.admin()).visit('/admin');
  expect(page.field('reasons').value).toBe(DEFAULT_REASONS);
  const saved = await page.press('Save', { reasons: '2 Shouting\n\n  Posted twice  ' });
  expect(saved.main).toContain('Saved.');
  const [change] = await db.select().from(actions);
  expect(change).toMatchObject({ reason: 'Reasons: text changed.', data: { changes: { reasons: {} } } });

  const { id } = await make.reply({ topic: await make.topic() });
  const browser = await as.moderator();
  const form = await browser.visit(`/p/${id}/hide`);
  const offered = [...form.document.querySelectorAll('select[name="canned"] option')];
  expect(offered.map((option) => option.textContent.trim())).toEqual([
    'Choose a reason',
    'Shouting (rule 2)',
    'Posted twice',
  ]);
  const gone = await browser.post(`/p/${id}/hide`, { canned: 'Spam or promotion' });
  expect(gone.status).toBe(422);
  await form.press('Hide', { canned: 'Shouting' });
  const [hide] = await db.select().from(actions).orderBy(desc(actions.id)).limit(1);
  expect(hide).toMatchObject({ kind: 'hide', rule: 2, reason: 'Shouting' });
});

test('what is wrong with the reasons is said beside them', async ({ as }) => {
  const page = await (await as.admin()).visit('/admin');
  const twice = await page.press('Save', { reasons: '1 No source\n2 No source' });
  expect(twice.status).toBe(422);
  expect(twice.error('reasons')).toBe('This reason is there twice: No source');
  expect(twice.field('reasons').value).toBe('1 No source\n2 No source');
});

test('the merge form begins with the reason that speaks of another topic, where there is one', async ({
  as,
  make,
}) => {
  const [one, other] = [await make.topic(), await make.topic()];
  const chosen = async () => {
    const form = await (await as.moderator()).visit(`/t/${one.id}/merge?with=${other.id}`);
    return form.document.querySelector('select[name="canned"] option[selected]')?.getAttribute('value') ?? '';
  };
  expect(await chosen()).toBe('Already discussed in another topic');
  const page = await (await as.admin()).visit('/admin');
  await page.press('Save', { reasons: '4 Spam\n3 See another topic' });
  expect(await chosen()).toBe('See another topic');
  await (await (await as.admin()).visit('/admin')).press('Save', { reasons: '4 Spam' });
  expect(await chosen()).toBe('');
});
