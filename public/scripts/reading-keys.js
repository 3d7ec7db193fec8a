// Lists and topics by single keys (views/site/keys.hbs says which). A key presses what stands on the page, so that it can
// do no more than its reader can: the focus goes along, and Tab and Enter go on from there.
import { onKeys } from './keys.js';

/** What is gone through: where the focus goes, what opens, and what holds the controls. */
const KINDS = [
  { thing: '.row', at: '.row-title a', opens: '.row-tail a', controls: ':scope > .vote' },
  { thing: '.items > li', at: ':is(h2, h3, .note-t) a', opens: ':is(h2, h3, .note-t) a' },
  { thing: '.topic', at: 'a', opens: 'h1 a, .linkcard a, .prose a', controls: ':scope > .acts' },
  {
    thing: '.reply',
    at: '.reply-head > a:has(> time)',
    opens: '.fold > summary',
    controls: ':scope > article > .fold .acts',
  },
];
const CONTROLS = {
  u: 'button[name="vote"]',
  r: 'a[href*="/reply"]:not(.act-quote)',
  q: '.act-quote',
  s: '.act-save',
};

export function readByKeys() {
  // Keys of the moderators' queue are its own.
  const isQueue = document.querySelector('.desk[data-claims]') !== null;
  onKeys((key, event) => {
    if (key === '?') {
      void import('./keys-dialog.js').then(({ showKeys }) => showKeys());
      return true;
    }
    if (key === '/') return search();
    if (isQueue) return false;
    if (key === 'j' || key === 'k') return move(key === 'j' ? 1 : -1);
    if (event.repeat) return false;
    return act(key);
  });
}

function things() {
  const places = KINDS.map(({ thing }) => `main ${thing}`).join();
  return [...document.querySelectorAll(places)].filter(
    (thing) => partOf(thing, 'at') && !thing.parentElement.closest('details:not([open])'),
  );
}

const partOf = (thing, part) => {
  const kind = KINDS.find((each) => thing.matches(each.thing));
  return kind[part] && thing.querySelector(kind[part]);
};

/** Where the focus is, while that is in view: whoever has scrolled on is somewhere else. */
function currentOf(all) {
  return all.findLast((thing) => thing.contains(document.activeElement) && isInView(partOf(thing, 'at')));
}

function isInView(element) {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < window.innerHeight;
}

function move(by) {
  const all = things();
  const current = currentOf(all);
  const next = current
    ? all[all.indexOf(current) + by]
    : by > 0
      ? (all.find((thing) => isInView(partOf(thing, 'at'))) ?? all.find(isInView))
      : all.findLast((thing) => partOf(thing, 'at').getBoundingClientRect().top < 0);
  if (!next) return all.length > 0;
  document.querySelector('main .is-current')?.classList.remove('is-current');
  next.classList.add('is-current');
  const link = partOf(next, 'at');
  link.focus({ preventScroll: true });
  // At once: keys are pressed faster than a page glides.
  const block = next.matches('.reply, .topic') ? 'start' : 'nearest';
  (next.matches('.reply') ? link : next).scrollIntoView({ block, behavior: 'instant' });
  return true;
}

function act(key) {
  const thing = currentOf(things()) ?? document.querySelector('.topic');
  if (!thing) return false;
  if (key === 'r' && thing.matches('.topic')) return focus('#reply :is(textarea, a)');
  // Nothing that is not seen is voted for or saved: not a topic far above, nor a reply that is folded away.
  if (!isInView(thing)) return false;
  if (key === 'o') return press(partOf(thing, 'opens'));
  const control = key in CONTROLS && partOf(thing, 'controls')?.querySelector(CONTROLS[key]);
  return Boolean(control) && !control.closest('.fold:not([open])') && press(control);
}

function press(control) {
  control?.click();
  return Boolean(control);
}

function focus(selector) {
  const element = document.querySelector(selector);
  element?.focus();
  return Boolean(element);
}

/** In the masthead, or on its own page where there is no room. */
function search() {
  const field = document.querySelector('.mast-search input');
  if (field.offsetParent) field.select();
  else location.assign('/search');
  return true;
}
