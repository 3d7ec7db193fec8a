// A member who is mailed at once, and what they are mailed about.
import type { Database } from '../../../src/db/connection.ts';
import { noticeChoices } from '../../../src/db/schema/index.ts';
import { notifyOfPost } from '../../../src/features/notifications/jobs.ts';
import type { SafeHtml } from '../../../src/lib/html.ts';
import type { Make, MemberRow, PostRow, TopicRow } from '../../support/make.ts';

export const AT = new Date('2026-04-03T14:00:00Z');

/** A member who wants mails at once about posts, and a topic of theirs. */
export async function asking(db: Database, make: Make): Promise<{ member: MemberRow; topic: TopicRow }> {
  const member = await make.member({ name: 'priya_n' });
  const choice = { memberId: member.id, inbox: true, mail: 'at-once' } as const;
  const kinds = ['reply', 'mention', 'topic', 'new-topic'] as const;
  await db.insert(noticeChoices).values(kinds.map((kind) => ({ ...choice, kind })));
  return { member, topic: await make.topic({ author: member, title: 'Costs & “effects”' }) };
}

/** A reply to a topic, told of. */
export async function reply(
  db: Database,
  make: Make,
  topic: TopicRow,
  bodyHtml?: SafeHtml,
): Promise<PostRow> {
  const author = await make.member();
  const made = await make.reply({ topic, author, ...(bodyHtml && { bodyHtml }) });
  await notifyOfPost(db, { postId: made.id }, AT);
  return made;
}
