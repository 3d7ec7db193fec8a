// How far a visitor has read, in their own browser: for each topic the newest post that was shown, and what it was before
// this visit, so that a reload keeps what was new marked. Members' marks are the forum's to keep.
const KEY = 'read';
/** More topics than anybody comes back to; the ones that were not opened for longest are forgotten first. */
const MOST = 300;
const VISIT_MS = 30 * 60_000;

/** @returns {Map<string, [seen: number, previous: number, began: number]>} the latest opened last */
function read() {
  try {
    return new Map(JSON.parse(window.localStorage.getItem(KEY) ?? '[]').filter(isMark));
  } catch {
    // Storage is switched off, or holds something else: nothing was read.
    return new Map();
  }
}

function isMark(entry) {
  return (
    Array.isArray(entry) &&
    Array.isArray(entry[1]) &&
    entry[1].length === 3 &&
    entry[1].every(Number.isFinite)
  );
}

/** Up to where a topic was read when it was opened last. */
export function readUpTo(topic) {
  return read().get(topic)?.[0];
}

/** Notes that a topic was shown up to a post. @returns the mark with which this visit began; undefined on the first one */
export function noteShown(topic, newest) {
  const marks = read();
  const mark = marks.get(topic);
  const now = Date.now();
  const lasts = mark && now - mark[2] < VISIT_MS;
  const previous = mark ? (lasts ? mark[1] : mark[0]) : undefined;
  marks.delete(topic);
  marks.set(topic, [Math.max(newest, mark?.[0] ?? 0), previous ?? newest, lasts ? mark[2] : now]);
  try {
    window.localStorage.setItem(KEY, JSON.stringify([...marks].slice(-MOST)));
  } catch {
    // It is not kept, and the next visit is the first again.
  }
  return previous;
}
