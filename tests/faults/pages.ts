// The same promises, looked at as people do: on pages.
import { expect } from 'vitest';
import { parsePage, textOfNode } from '../support/page.ts';
import type { FaultForum } from './fault-forum.ts';
import type { Journal, SentPost } from './journal.ts';
import type { Chance } from './rounds.ts';

/** Pages looked at a round: the database was asked about everything already. */
const LOOKS = 5;

/** Opens some posts and votes at their permalinks. What the database holds is known (keepsPromises came before). */
export async function checkPages(forum: FaultForum, journal: Journal, chance: Chance): Promise<void> {
  const replies = journal.posts.filter(({ kind, answered }) => kind === 'reply' && answered);
  const votes = [...journal.votes.values()];
  for (let look = 0; look < LOOKS && replies.length > 0; look += 1) {
    await checkReply(forum, chance.pick(replies));
  }
  for (let look = 0; look < LOOKS && votes.length > 0; look += 1) {
    const { member, postId, stands } = chance.pick(votes);
    const html = await open(forum, postId, member.cookie);
    const [, button] = new RegExp(`action="/p/${postId}/vote"[^>]* value="(up|undo)"`).exec(html) ?? [];
    expect(button, `the vote of ${member.name} on /p/${postId}`).toBe(stands ? 'undo' : 'up');
  }
}

async function checkReply(forum: FaultForum, { id, texts, withdrawn }: SentPost): Promise<void> {
  const page = parsePage(await open(forum, Number(id)));
  const prose = page.querySelector(`#p${id} > article > details > .prose`);
  expect(prose === null ? undefined : textOfNode(prose), `/p/${id}`).toBe(
    withdrawn ? undefined : texts.at(-1),
  );
}

async function open({ url }: FaultForum, postId: number, cookie?: string): Promise<string> {
  const response = await fetch(`${url}/p/${postId}`, { headers: cookie === undefined ? {} : { cookie } });
  expect(response.status, `/p/${postId}`).toBe(200);
  return response.text();
}
