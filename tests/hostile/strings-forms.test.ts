// Every string of the corpora in every field of every form, through the front door: nothing breaks, nothing typed is
// lost, and what is accepted shows as text.
import { eq } from 'drizzle-orm';
import { afterAll } from 'vitest';
import { members } from '../../src/db/schema/index.ts';
import { allLists, describeWithCorpora } from '../support/corpora.ts';
import { expect, test } from '../support/forum.ts';
import { FORMS } from './fields.ts';
import { fillChoices, fillForm } from './fields-filling.ts';
import { inLanes, lanesFor, shareOf } from './fields-lanes.ts';
import { Tally } from './fields-tally.ts';
import { World } from './fields-world.ts';

describeWithCorpora('every string in', () => {
  const lists = allLists();
  const tally = new Tally();
  afterAll(() => {
    tally.write(lists);
  });

  for (const [index, form] of FORMS.entries()) {
    test(form.route, { timeout: 600_000 }, async ({ app, make, clock }) => {
      const strings = shareOf(form.route, lists, index);
      const worlds = await World.openMany({ app, make, clock }, form.siteWide ? 1 : lanesFor(strings));
      if (form.beforeSetup) {
        await app.db.update(members).set({ role: 'member' }).where(eq(members.role, 'admin'));
        await app.site.refresh();
      }
      const faults = await inLanes(worlds, strings, async (world, text, turn) => [
        ...(Object.keys(form.typed).length > 0 ? await fillForm(form, world, text, tally) : []),
        ...(form.chosen.length > 0 && turn ? await fillChoices(form, world, text) : []),
      ]);
      expect(faults).toEqual([]);
      for (const name of Object.keys(form.typed)) {
        const { accepted, refused } = tally.countOf(`${form.route} ${name}`);
        expect(accepted + refused).toBe(strings.length);
      }
    });
  }
});
