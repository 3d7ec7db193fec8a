// Where a long topic was left, in this browser: whoever comes back is offered to go on there. Nothing moves by itself.
const KEY = 'places';
/** More topics than anybody comes back to; the ones that were left first are forgotten first. */
const MOST = 100;
/** Height that the bar takes, with some air (scroll-padding of the style sheet). */
const BAR = 80;
/** So far down the page opens anyway. */
const FIRST = 3;

export function keepPlace() {
  const bar = document.querySelector('[data-keeps-place]');
  if (!bar) return;
  // Of each member on this machine their own.
  const who = document.querySelector('.mast-name')?.pathname ?? '';
  const topic = `${bar.dataset.keepsPlace} ${who}`;
  const replies = [...document.querySelectorAll('.reply')];
  offer(
    bar,
    replies.findIndex(({ id }) => id === read().get(topic)),
    replies,
  );
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden' && window.scrollY > 0) note(topic, reachedOf(replies));
  });
}

function offer(bar, index, replies) {
  if (index < FIRST || location.hash !== '') return;
  const link = document.createElement('a');
  link.className = 'jump';
  link.href = `#${replies[index].id}`;
  link.textContent = 'Go on where you left';
  bar.append(link);
  link.addEventListener('click', () => link.remove());
}

/** The last reply that begins below nothing but the bar: what follows may not have been read. */
function reachedOf(replies) {
  return replies.findLast((reply) => reply.checkVisibility() && reply.getBoundingClientRect().top < BAR);
}

function note(topic, reply) {
  const places = read();
  places.delete(topic);
  if (reply) places.set(topic, reply.id);
  try {
    localStorage.setItem(KEY, JSON.stringify([...places].slice(-MOST)));
  } catch {
    // It is not kept.
  }
}

function read() {
  try {
    return new Map(JSON.parse(localStorage.getItem(KEY) ?? '[]').filter((entry) => Array.isArray(entry)));
  } catch {
    // Storage is switched off, or holds something else.
    return new Map();
  }
}
