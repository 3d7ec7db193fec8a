// The tags of the industry, for a forum that was there before them.
import type { Tx } from '../../../db/connection.ts';
import { mayPlantTags } from '../../../domain/policy/tags.ts';
import type { Member } from '../../../domain/viewer.ts';
import { counted } from '../../../web/moments.ts';
import { authorize } from '../../../web/problem.ts';
import { recordAction } from '../../log/index.ts';
import { plantTags } from '../../tags/index.ts';

/** Adds those that are not there. Pressed again it changes nothing, and says nothing. */
export async function addIndustryTags(
  tx: Tx,
  { by, now }: { readonly by: Member; readonly now: Date },
): Promise<void> {
  authorize(mayPlantTags(by, now));
  const planted = await plantTags(tx);
  if (planted === 0) return;
  await recordAction(tx, {
    ...{ kind: 'add-tags', actorId: by.id, at: now },
    reason: {
      rule: null,
      text: 'Companies, models, people and subjects of the industry, with their other names.',
    },
    data: { what: counted(planted, 'tag', 'tags') },
  });
}
