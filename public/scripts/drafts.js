// What is typed into a composer is kept: in this browser at once, with the forum at the next pause. The browser holds only
// what the forum does not have yet, under the name of who typed it; the forum says when it has it, or has it as a post.
import { say } from './say.js';

const PAUSE = 1_500;
const KEPT_FOR = 30 * 24 * 60 * 60 * 1_000;
/** Of the form itself, and of no use in another one. */
const OWN = new Set(['place', 'draft']);

/** So many bytes may go on after their page; more is refused at once, and has to arrive while the page is there. */
const OUTLIVES = 60_000;

/** Forms with something that is not kept yet, each with what waits for a pause. */
const waiting = new Map();
const asking = new WeakMap();
/** What the browser has no room for, until the forum has it. */
const beyond = new Map();
let owner = '';

export function keepDrafts() {
  owner = nameOfOwner();
  if (owner === '') return;
  document.addEventListener('input', ({ target }) => {
    const form = target.closest?.('form[data-place]');
    if (!form || target.type === 'radio') return;
    form.dataset.typed = 'yes';
    note(form);
    clearTimeout(waiting.get(form));
    waiting.set(
      form,
      setTimeout(() => void keep(form), PAUSE),
    );
  });
  document.addEventListener('submit', ({ target: form, submitter }) => {
    if (form.matches('[action="/sign-out"]')) sessionStorage.removeItem('drafts-of');
    if (!form.dataset.place) return;
    // From here on the form itself is on its way: what was saved before must not arrive after it.
    clearTimeout(waiting.get(form));
    waiting.delete(form);
    asking.get(form)?.abort();
    if (submitter?.formAction.endsWith('/discard')) remove(keyOf(form.dataset.place));
    else if (form.dataset.typed) note(form);
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') for (const form of waiting.keys()) void keep(form, true);
  });
  document.defaultView.addEventListener('pagehide', () => {
    for (const form of waiting.keys()) void keep(form, true);
  });
  for (const form of document.querySelectorAll('form[data-place]')) bringBack(form);
  void sendWhatIsLeft();
}

/** Puts what the forum does not have yet into a composer that has just been opened. */
export function bringBack(form) {
  const entry = owner && read(keyOf(form.dataset.place));
  if (!entry) return;
  const { fields } = entry;
  const { body, draft, form_id: formId } = form.elements;
  const shown = body.value;
  const isSame = (fields.draft ?? '') === (draft?.value ?? '') && (draft || shown === '');
  const replaces = isSame || form.dataset.place.startsWith('edit') || fields.body.includes(shown);
  const text = replaces ? fields.body : `${shown.trimEnd()}\n\n${fields.body}`;
  if (formId.value === fields.form_id || (!replaces && shown.includes(fields.body))) return;
  // Of new topics there can be several: this one becomes a draft beside what is in the form.
  const { url, title } = form.elements;
  if (form.dataset.place === 'topic' && (draft ? !isSame : url.value + title.value + shown)) return;
  const own = formId.value;
  for (const [name, value] of Object.entries(fields)) {
    const field = form.elements[name];
    if (OWN.has(name) || !field) continue;
    if (field.type === 'checkbox') field.checked = true;
    else field.value = value;
  }
  body.value = text;
  form.dataset.typed = 'yes';
  const line = document.createElement('p');
  line.className = 'notice';
  line.dataset.back = own;
  line.setAttribute('role', 'status');
  line.textContent = 'What you had typed here is back. It was kept in this browser.';
  form.prepend(line);
}

/** The member of this page; of a page that came after their session had ended, whoever it was in this tab. */
function nameOfOwner() {
  const name = document.querySelector('.mast-name')?.getAttribute('href');
  if (name) sessionStorage.setItem('drafts-of', name);
  return name ?? sessionStorage.getItem('drafts-of') ?? '';
}

const keyOf = (place) => `draft ${owner} ${place}`;

const textAt = (key) => beyond.get(key) ?? localStorage.getItem(key);

function remove(key) {
  beyond.delete(key);
  localStorage.removeItem(key);
}

function read(key) {
  try {
    return JSON.parse(textAt(key));
  } catch {
    return null;
  }
}

function write(key, entry) {
  const text = JSON.stringify(entry);
  beyond.delete(key);
  try {
    localStorage.setItem(key, text);
  } catch {
    beyond.set(key, text);
  }
}

function note(form) {
  const fields = Object.fromEntries(
    [...new FormData(form)].filter(([name]) => name !== 'place' && !name.endsWith('-view')),
  );
  write(keyOf(form.dataset.place), { fields, at: Date.now() });
}

async function keep(form, leaving = false) {
  clearTimeout(waiting.get(form));
  waiting.delete(form);
  const abort = new AbortController();
  if (!leaving) asking.set(form, abort);
  const draft = await send(form.dataset.place, leaving ? { keepalive: true } : { signal: abort.signal });
  if (!draft) return;
  form.elements.draft?.remove();
  const field = document.createElement('input');
  Object.assign(field, { type: 'hidden', name: 'draft', value: draft });
  form.prepend(field);
}

/** Hands what the browser holds of a place to the forum. @returns the draft that it became, if it did */
async function send(place, { signal, keepalive = false } = {}) {
  const key = keyOf(place);
  const sent = textAt(key);
  const entry = read(key);
  if (!entry || entry.alone) return undefined;
  const body = new URLSearchParams({ ...entry.fields, place });
  try {
    const response = await fetch('/drafts', {
      method: 'POST',
      headers: { accept: 'application/json' },
      body,
      signal,
      keepalive: keepalive && String(body).length < OUTLIVES,
    });
    if (response.status === 401) say('You are logged out. What you type is kept in this browser.');
    if (!response.ok) return undefined;
    const { outcome, draft } = await response.json();
    // Something else may have been typed meanwhile.
    const isLast = textAt(key) === sent;
    if (outcome === 'other') write(key, { ...read(key), alone: true });
    else if (isLast) remove(key);
    if (outcome === 'sent') takeBack(place, entry.fields.form_id);
    return draft;
  } catch {
    // No connection: it stays here, and goes with the next pause or the next page.
    return undefined;
  }
}

/** It had been sent after all: what was brought back is no draft. */
function takeBack(place, formId) {
  for (const line of document.querySelectorAll('[data-back]')) {
    const { form_id: field } = line.parentElement.elements;
    if (line.parentElement.dataset.place !== place || field.value !== formId) continue;
    line.parentElement.reset();
    field.value = line.dataset.back;
    delete line.parentElement.dataset.typed;
    line.remove();
  }
}

async function sendWhatIsLeft() {
  const prefix = keyOf('');
  for (const key of Object.keys(localStorage).filter((name) => name.startsWith(prefix))) {
    if (Date.now() - read(key)?.at < KEPT_FOR) await send(key.slice(prefix.length));
    else localStorage.removeItem(key);
  }
}
