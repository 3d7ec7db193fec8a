// Who upvoted what, and when. The content says only how many; the same members are chosen at every install.
import type { MemberId } from '../../domain/ids.ts';
import { HOUR } from '../../domain/times.ts';
import { demoMembers } from './content/index.ts';
import type { FindMember } from './people.ts';

export interface Vote {
  readonly memberId: MemberId;
  readonly castAt: Date;
}

interface Voted {
  readonly author: string;
  readonly postedAt: Date;
  readonly upvotes: number;
}

/** Finds the voters of a post. */
export type Poll = (post: Voted) => Vote[];

/** Most votes come while a post stands on the first page. */
const VOTED_WITHIN = 20 * HOUR;
/** How far the voters of one post lie from those of the next, so that all members vote about as often. */
const STEP = 17;

/** Opens the poll on one post after the other. */
export function openPoll(find: FindMember, now: Date): Poll {
  const inGoodStanding = demoMembers.filter(({ sanction }) => !sanction).map(({ name }) => find(name));
  let turn = 0;
  return ({ author, postedAt, upvotes }) => {
    const voters = inGoodStanding.filter(({ name, joinedAt }) => name !== author && joinedAt < postedAt);
    if (upvotes > voters.length) throw new Error(`A post by ${author} has more upvotes than voters.`);
    turn += STEP;
    const first = turn % voters.length;
    const open = Math.min(VOTED_WITHIN, now.getTime() - postedAt.getTime());
    const chosen = [...voters.slice(first), ...voters.slice(0, first)].slice(0, upvotes);
    return chosen.map(({ id }, index) => ({
      memberId: id,
      castAt: new Date(postedAt.getTime() + (open * (index + 1)) / (upvotes + 1)),
    }));
  };
}
