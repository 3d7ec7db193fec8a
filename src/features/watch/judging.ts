// What the rules say of something that a member is about to post or to change, and what follows from it.
import type { Reader, Tx } from '../../db/connection.ts';
import { watchHits } from '../../db/schema/index.ts';
import type { PostId } from '../../domain/ids.ts';
import { effectOn } from '../../domain/policy/watch.ts';
import type { HoldCause } from '../../domain/policy/trust.ts';
import type { Viewer } from '../../domain/viewer.ts';
import { holdCauseOf, strongestOf, type WatchedText } from '../../domain/watch.ts';
import { hostsOf } from '../../domain/watch-hosts.ts';
import { openQueueItem } from '../queue-items/index.ts';
import { WatchedRefusal } from './refusal.ts';
import { loadWatcher, type Watcher, type WatchMatch } from './rules.ts';

/** A field of a form, as its words and the hosts it leads to. */
export interface TextPart extends WatchedText {
  readonly field: 'title' | 'url' | 'tags' | 'body';
}

/** A part of a form from its text and the addresses of its links. */
export function textAndHosts(
  field: TextPart['field'],
  text: string,
  addresses: readonly string[] = [],
): TextPart {
  return { field, text, hosts: addresses.flatMap(hostsOf) };
}

/** The address of an article as a part, from the hosts that it is found at. */
export function addressPart(hosts: readonly string[]): TextPart {
  return { field: 'url', text: '', hosts };
}

export interface Judgement {
  readonly matches: readonly WatchMatch[];
  /** Why the post is to be held; undefined when it is not. */
  readonly holds: HoldCause | undefined;
  /** Whether moderators are to look at it. */
  readonly flags: boolean;
}

export interface Submission {
  readonly parts: readonly TextPart[];
  /** What stands there already: what was found in it is not new. */
  readonly before?: readonly TextPart[];
  /**
   * Whether it is seen already and cannot be held any more: a post with replies would vanish from under them, so what a
   * rule would hold is only put before the moderators.
   */
  readonly seen?: boolean;
}

/** Compares what is to be posted with the rules in force. @throws WatchedRefusal when one of them refuses it. */
export async function judgeText(db: Reader, viewer: Viewer, submission: Submission): Promise<Judgement> {
  return judgeBy(await loadWatcher(db), viewer, submission);
}

/** As judgeText, by rules that were read before. */
export function judgeBy(
  watcher: Watcher,
  viewer: Viewer,
  { parts, before = [], seen = false }: Submission,
): Judgement {
  const known = new Set(before.flatMap(watcher));
  const found = parts.map((part) => ({ part, rules: watcher(part).filter((rule) => !known.has(rule)) }));
  const matches = [...new Set(found.flatMap(({ rules }) => rules))];
  const strongest = strongestOf(matches);
  const effect = strongest && effectOn(viewer, strongest.effect, seen);
  if (strongest && effect === 'refuse') {
    const at = found.find(({ rules }) => rules.includes(strongest));
    throw new WatchedRefusal(at?.part.field ?? 'body', strongest);
  }
  return {
    matches,
    holds: strongest && effect === 'hold' ? holdCauseOf(strongest.kind) : undefined,
    flags: effect === 'flag',
  };
}

/** Notes in which post the rules were found, and puts it before the moderators when one of them says so. */
export async function noteJudgement(
  tx: Tx,
  postId: PostId,
  { matches, flags }: Judgement,
  now: Date,
): Promise<void> {
  if (matches.length === 0) return;
  await tx
    .insert(watchHits)
    .values(matches.map(({ ruleId }) => ({ ruleId, postId, at: now })))
    .onConflictDoNothing();
  if (flags) await openQueueItem(tx, { kind: 'watched', subject: { postId }, now });
}
