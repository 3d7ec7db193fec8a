// What the buttons of following send.
import { FOLLOW_LEVELS, type FollowLevel } from '../../domain/following.ts';
import { formBody, readText } from '../../web/forms.ts';
import { Problem } from '../../web/problem.ts';

/** @throws Problem for what no button sends. */
export function readLevel(body: unknown): FollowLevel | 'none' {
  const sent = readText(formBody(body), 'level');
  const level = [...FOLLOW_LEVELS, 'none' as const].find((each) => each === sent);
  if (!level)
    throw new Problem('unprocessable', 'What is sent here is "all", "replies", "nothing" or "none".');
  return level;
}
