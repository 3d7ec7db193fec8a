// The moderators' queue: what other moderators take up or decide is seen without loading the page, and every item can be
// worked by keys. Nothing here moves anything: an item that somebody else has decided stays where it is, greyed.
import { onKeys, usesKeys } from './keys.js';
import { poll } from './poll.js';
import { say } from './say.js';

const EVERY_MS = 5_000;

export function workQueue() {
  const desk = document.querySelector('.desk[data-claims]');
  if (!desk) return;
  watchClaims(desk);
  chooseAll(desk);
  takeKeys(desk);
}

// Who holds what

function watchClaims(desk) {
  const items = new Map(
    [...desk.querySelectorAll('[data-item]')].map((item) => [
      item.dataset.item,
      { item, shown: asLoaded(item) },
    ]),
  );
  poll(`${desk.dataset.claims}?items=${[...items.keys()].join(',')}`, EVERY_MS, (states) => {
    for (const [id, entry] of items) show(entry, states[id] ?? { state: 'free', text: '' });
  });
}

/** As the server had it: a page that was loaded while somebody held the item says so already. */
function asLoaded(item) {
  if (item.querySelector('.q-decide button:disabled')) return 'taken';
  return item.querySelector('.claim form[action$="/release"]') ? 'mine' : 'free';
}

function show(entry, { state, text }) {
  const { item } = entry;
  if (entry.shown === 'decided' || (entry.shown === state && state !== 'taken')) return;
  const line = item.querySelector('.claim-said');
  if (entry.shown === state && line.textContent === text) return;
  const mine = state === 'mine' || state === 'free';
  line.textContent = text;
  for (const form of item.querySelectorAll('.claim form')) form.hidden = !mine;
  for (const button of item.querySelectorAll('.q-decide button')) button.disabled = !mine;
  item.querySelector('.q-hint').textContent = mine ? '' : text;
  item.classList.toggle('is-gone', state === 'decided');
  entry.shown = state;
  if (item.hasAttribute('aria-current') && text) say(text);
}

// Several at once

function chooseAll(desk) {
  const label = document.querySelector('[data-all]');
  if (!label) return;
  label.hidden = false;
  const link = document.querySelector('[data-all-link]');
  if (link) link.hidden = true;
  const all = label.querySelector('input');
  const boxes = [...desk.querySelectorAll('input[name="item"]')];
  const count = () => {
    const chosen = boxes.filter((box) => box.checked).length;
    all.checked = chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
  };
  all.addEventListener('change', () => {
    for (const box of boxes) box.checked = all.checked;
  });
  desk.addEventListener('change', count);
  count();
}

// Keys

function takeKeys(desk) {
  document.querySelector('[data-keyboard]').hidden = false;
  // Coming back after a decision, the next item is at hand at once. Going to the address's fragment, which browsers do
  // in the first frame, would take the focus away again.
  if (location.search.includes('current='))
    window.requestAnimationFrame(() => setTimeout(() => currentOf(desk)?.focus({ preventScroll: true })));
  if (!usesKeys()) return;
  desk.classList.add('has-keys');
  for (const element of desk.querySelectorAll('[data-key]'))
    if (element.dataset.key) element.setAttribute('aria-keyshortcuts', element.dataset.key);
  onKeys(
    (key) => press(desk, key),
    (key, field) => inField(desk, field, key),
  );
}

/** The item that keys act upon: where the focus is, else the marked one. */
function currentOf(desk) {
  const focused = document.activeElement?.closest('[data-item]');
  if (focused && focused !== desk.querySelector('[aria-current="true"]')) mark(desk, focused);
  return desk.querySelector('[aria-current="true"]');
}

function mark(desk, item) {
  for (const other of desk.querySelectorAll('[data-item]')) {
    const on = other === item;
    other.closest('.q').classList.toggle('is-current', on);
    if (on) other.setAttribute('aria-current', 'true');
    else other.removeAttribute('aria-current');
  }
}

function press(desk, key) {
  const item = currentOf(desk);
  if (!item) return false;
  if (key === 'arrowup') return move(desk, item, -1);
  if (key === 'arrowdown' || key === 'j') return move(desk, item, 1);
  if (key === 'x') {
    item.querySelector('input[name="item"]')?.click();
    return true;
  }
  return act(item, key.toUpperCase());
}

function move(desk, item, by) {
  const items = [...desk.querySelectorAll('[data-item]')];
  // The first press takes the marked item up, the next ones go on from it.
  const fresh = !item.contains(document.activeElement);
  const next = fresh && by > 0 ? item : items[items.indexOf(item) + by];
  if (!next) return true;
  mark(desk, next);
  next.focus();
  next.scrollIntoView({ block: 'nearest' });
  return true;
}

function act(item, key) {
  const control = [...item.querySelectorAll('[data-key]')].find((each) => each.dataset.key === key);
  if (!control || control.closest('form')?.hidden) return false;
  if (control.disabled) {
    say(item.querySelector('.q-hint').textContent);
    return true;
  }
  if ('reasoned' in control.dataset && !hasReason(control.form)) {
    const reasons = control.form.elements.canned;
    reasons.dataset.sends = control.value;
    reasons.focus();
    say(`${label(control)}: choose a reason, then press Enter.`);
    return true;
  }
  control.click();
  return true;
}

const label = (button) => button.textContent.replace(/\s+\S$/, '').trim();

function hasReason({ elements }) {
  return elements.canned.value !== '' || elements.reason.value.trim() !== '';
}

/** In the list of reasons that a key led to: Enter decides, Esc leaves. Elsewhere keys are for writing. */
function inField(desk, field, key) {
  const item = field.closest('[data-item]');
  if (!item) return false;
  if (key === 'Escape') {
    item.focus();
    return true;
  }
  if (field.name !== 'canned' || key !== 'Enter' || !field.dataset.sends) return false;
  if (field.value !== '') field.form.querySelector(`[name="do"][value="${field.dataset.sends}"]`)?.click();
  return true;
}
