// What moderators are not told of themselves: who flagged them, what others note of them, and say of them.
import { queueMessages } from '../../../src/db/schema/index.ts';
import { expect, test } from '../../support/forum.ts';
import { itemRow, putInQueue } from '../../support/moderation-rows.ts';
import { decisions } from '../log/deciding.ts';
import { flagMember } from '../sanctions/rows.ts';

test('nobody in office learns there who flagged them, nor what is noted and said of them', async ({
  as,
  clock,
  db,
  make,
}) => {
  const flagged = await make.member({ name: 'marta_l', role: 'moderator' });
  const flagger = await make.member({ name: 'rackunit' });
  const other = await make.member({ name: 'tomas_r', role: 'moderator' });
  const reply = await make.reply({ topic: await make.topic(), author: flagged, body: 'As I said.' });
  await make.flag({ post: reply.id, member: flagger, note: 'Again the same' });
  await flagMember(db, flagged.id, flagger.id);
  const item = await putInQueue(db, { post: reply.id });
  const said = { queueItemId: item, authorId: other.id, at: clock.now() };
  await db.insert(queueMessages).values([
    { ...said, toMember: false, body: 'She does this often' },
    { ...said, toMember: true, body: 'Please stop that' },
  ]);
  const { decide } = decisions(db, clock);
  await decide({ by: other, kind: 'note', memberId: flagged.id, reason: 'To be watched' });

  const secrets = [/rackunit/, /Again the same/, /She does this often/, /To be watched/];
  const [own, others] = [await as.moderator(flagged), await as.moderator(other)];
  for (const path of ['/moderation', `/moderation/items/${item}`]) {
    const shown = await own.visit(path);
    expect(shown.main).toContain('As I said.');
    expect(shown.main).toContain('Please stop that');
    for (const secret of secrets) expect(shown.text, path).not.toMatch(secret);
    const full = (await others.visit(path)).text;
    for (const secret of secrets) expect(full, path).toMatch(secret);
  }
  const claim = `/moderation/items/${item}/claim`;
  expect((await own.visit('/moderation')).html).not.toContain(claim);
  expect((await others.visit('/moderation')).html).toContain(claim);
  expect((await own.post(claim, {})).status).toBe(403);
  expect((await itemRow(db, item)).claimedById).toBeNull();
  const talk = `/moderation/items/${item}/talk`;
  expect((await own.get(talk)).status).toBe(403);
  expect((await own.post(talk, { body: '' })).text).not.toContain('She does this often');
  expect((await others.visit(talk)).main).toContain('She does this often');
  expect((await own.visit('/moderation/shift')).main).not.toContain('To be watched');
  expect((await own.visit('/moderation/members/rackunit')).text).not.toMatch(
    /Again the same|Look at the name/,
  );
  expect((await others.visit('/moderation/members/rackunit')).text).toMatch(/Again the same/);
});
