// /t/:id/section: a moderator moves a topic to the section where it belongs.
import { eq } from 'drizzle-orm';
import { actions, events, sections } from '../../../src/db/schema/index.ts';
import { paths } from '../../../src/web/paths.ts';
import { expect, test } from '../../support/forum.ts';
import { topicRow } from '../../support/moderation-rows.ts';
import { expectTrueCounters, settleCounters } from '../threads/counting.ts';

test('it stands there at once, weighs as that section does, and the log says so', async ({
  make,
  as,
  app,
  db,
}) => {
  const topic = await make.topic({ section: 'funding', title: 'A cluster of a thousand machines' });
  await db.update(sections).set({ modifier: 0.5 }).where(eq(sections.slug, 'infrastructure'));
  const browser = await as.moderator();
  await settleCounters(db);
  const before = await topicRow(db, topic.id);
  const page = await browser.visit(paths.topic(topic));
  const link = page.document.querySelector(`a[href="${paths.topicSection(topic.id)}"]`);
  expect(link?.textContent).toContain('Section');
  const form = await browser.visit(paths.topicSection(topic.id));
  expect(form.document.querySelector('input[name="section"][checked]')?.getAttribute('value')).toBe(
    'funding',
  );
  await form.press('Move', { section: 'infrastructure', reason: 'Machines' });
  const after = await topicRow(db, topic.id);
  expect(after.hotRank - before.hotRank).toBeCloseTo(0.5, 6);
  await expectTrueCounters(db);
  expect((await as.visitor().visit(paths.section('infrastructure'))).main).toContain(topic.title);
  expect((await as.visitor().visit(paths.section('funding'))).main).not.toContain(topic.title);
  const [from, to] = ['funding', 'infrastructure'].map(
    (slug) => app.site.current().sections.find((section) => section.slug === slug)?.id,
  );
  const [action] = await db.select().from(actions);
  expect(action).toMatchObject({ kind: 'set-section', topicId: topic.id, data: { from, to } });
  const [event] = await db.select().from(events);
  expect(event).toMatchObject({ kind: 'section-set', topicId: topic.id, data: { from, to } });
  const again = await form.press('Move', { section: 'infrastructure', reason: 'Machines' });
  expect([again.status, again.main]).toEqual([409, expect.stringContaining('in this section already')]);
});

test('without a section, or a reason, the form comes back as it was', async ({ make, as }) => {
  const topic = await make.topic();
  const browser = await as.moderator();
  const answer = await browser.post(paths.topicSection(topic.id), { section: 'nowhere', reason: 'Because' });
  expect(answer.status).toBe(422);
  const form = await browser.visit(paths.topicSection(topic.id));
  expect((await form.press('Move', { section: 'infrastructure' })).error('reason')).toContain('Say why');
  expect((await (await as.member()).get(paths.topicSection(topic.id))).status).toBe(403);
});
