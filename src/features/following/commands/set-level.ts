// Following something, muting it, and taking either back; done twice, each changes nothing.
import { and, count, eq, isNotNull, ne, sql } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { followLevels } from '../../../db/schema/index.ts';
import type { FollowLevel, FollowSubject } from '../../../domain/following.ts';
import { mayFollow } from '../../../domain/policy/following.ts';
import type { Member } from '../../../domain/viewer.ts';
import { authorize } from '../../../web/problem.ts';

export interface LevelChange {
  readonly viewer: Member;
  readonly subject: FollowSubject;
  /** none: what was chosen is taken back. */
  readonly level: FollowLevel | 'none';
  readonly now: Date;
}

/** Sets what a member hears of something. @throws Problem when the rules say no. */
export async function setLevel(tx: Tx, { viewer, subject, level, now }: LevelChange): Promise<void> {
  const own = eq(followLevels.memberId, viewer.id);
  const { column, value } = placeOf(subject);
  const chosen = eq(column, value);
  if (level === 'none') {
    await tx.delete(followLevels).where(and(own, chosen));
    return;
  }
  const [present] = await tx
    .select({ all: count(), words: count(followLevels.word) })
    .from(followLevels)
    .where(and(own, sql`(${chosen}) is not true`));
  const aboutId = subject.kind === 'member' ? subject.id : null;
  authorize(
    mayFollow(viewer, {
      kind: subject.kind,
      level,
      aboutId,
      present: { all: present?.all ?? 0, words: present?.words ?? 0 },
    }),
  );
  await tx
    .insert(followLevels)
    .values({ memberId: viewer.id, [placeOf(subject).name]: value, level, setAt: now })
    .onConflictDoUpdate({
      target: [column, followLevels.memberId],
      targetWhere: isNotNull(column),
      set: { level, setAt: now },
      // Pressed twice, it is as old as the first time.
      setWhere: ne(followLevels.level, level),
    });
}

/** Where a thing stands in its row. */
function placeOf(subject: FollowSubject) {
  const { topicId, tagId, sectionId, host, aboutId, word } = followLevels;
  switch (subject.kind) {
    case 'topic':
      return { name: 'topicId', column: topicId, value: subject.id };
    case 'tag':
      return { name: 'tagId', column: tagId, value: subject.id };
    case 'section':
      return { name: 'sectionId', column: sectionId, value: subject.id };
    case 'site':
      return { name: 'host', column: host, value: subject.host };
    case 'member':
      return { name: 'aboutId', column: aboutId, value: subject.id };
    case 'word':
      return { name: 'word', column: word, value: subject.word };
  }
}
