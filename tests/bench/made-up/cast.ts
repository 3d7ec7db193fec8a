// Who writes in a made-up forum, and about what.
import type { PoolClient } from 'pg';
import { members, tags } from '../../../src/db/schema/index.ts';
import type { MemberId, SectionId, TagId } from '../../../src/domain/ids.ts';
import { TRUST } from '../../../src/domain/limits.ts';
import { nameKey, skeletonOf } from '../../../src/domain/member-name.ts';
import { copyRows } from './copy.ts';
import type { Cast } from './discussions.ts';
import { LANDMARK } from './plans.ts';
import type { Random } from './random.ts';
import { wordAt } from './texts.ts';

const TAGS = 400;
const HOSTS = 3_000;
const KINDS = ['company', 'model', 'person', 'subject'] as const;

/** Makes members, who have long been here, and tags; the last tag is the landmarks'. */
export async function makeCast(
  client: PoolClient,
  random: Random,
  count: number,
  joinedAt: Date,
  until: Date,
): Promise<Cast> {
  const established = { joinedAt, confirmedAt: joinedAt, topicsRead: TRUST.newUntil.topicsRead };
  await copyRows(
    client,
    members,
    Array.from({ length: count }, (_, n) => {
      const name = n === 1 ? LANDMARK.name : `${wordAt(300 + n)}_${n}`.slice(0, 25);
      const role = n === count - 1 ? 'admin' : 'member';
      return { name, role, nameKey: nameKey(name), nameSkeleton: skeletonOf(name), ...established };
    }),
  );
  const names = [...Array.from({ length: TAGS }, (_, n) => wordAt(n)), LANDMARK.name];
  await copyRows(
    client,
    tags,
    names.map((name) => ({ slug: name, name, kind: KINDS[Math.floor(random() * KINDS.length)]! })),
  );
  const ids = async <Id>(table: string) =>
    (await client.query<{ id: string }>(`select id from ${table} order by id`)).rows.map(
      ({ id }) => Number(id) as Id,
    );
  return {
    members: await ids<MemberId>('members'),
    sections: await ids<SectionId>('sections'),
    tags: await ids<TagId>('tags'),
    hosts: HOSTS,
    until,
  };
}
