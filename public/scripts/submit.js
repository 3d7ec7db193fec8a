// The form of a new topic: while an address and a title are typed, what is here already is shown, and the title comes
// by itself. The server says what; without this script it says it at the press of a button.
import { relativeTimes } from './times.js';

const PAUSE = 600;
const ASK_AGAIN = 1_000;
const ASK_AGAIN_MOST = 10;
/** So long must a topic have been in view to count as shown: then nobody is asked about it a second time. */
const SEEN = 1_000;

export function checkWhileTyping() {
  const form = document.querySelector('form[data-check]');
  if (!form) return;
  const { url, title, tags } = form.elements;
  const slots = Object.fromEntries(
    [...form.querySelectorAll('[data-checks]')].map((slot) => [slot.dataset.checks, slot]),
  );
  const seen = watchTopics(form);
  let waiting;
  let asking;
  /** Address and title of the last check: what has not changed is not asked about again. */
  let checked = '';

  async function check({ fetchPage, again = 0 }) {
    clearTimeout(waiting);
    const state = `${fetchPage} ${url.value.trim()} ${title.value.trim()} ${tags.value.trim()}`;
    if (state === checked && again === 0) return;
    checked = state;
    asking?.abort();
    asking = new AbortController();
    const answer = await ask(form, fetchPage, asking.signal);
    if (!answer) {
      // Nothing is lost without it: the button says the same.
      if (checked === state) checked = '';
      return;
    }
    put(slots.address, answer.address);
    put(slots.title, answer.title);
    put(slots.tags, answer.tags);
    seen.watch();
    if (answer.pending && again < ASK_AGAIN_MOST) {
      waiting = setTimeout(() => void check({ fetchPage, again: again + 1 }), ASK_AGAIN);
    } else if (fillTitle(form, answer.headline)) void check({ fetchPage });
  }
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => void check({ fetchPage: false }), PAUSE);
  };

  for (const field of [url, title]) {
    field.addEventListener('input', later);
    field.addEventListener('change', () => void check({ fetchPage: true }));
  }
  // An address is pasted whole.
  url.addEventListener('paste', () => setTimeout(() => void check({ fetchPage: true })));
  form.addEventListener('click', (event) => {
    const { headline } = event.target.closest?.('button[data-headline]')?.dataset ?? {};
    if (headline === undefined) return;
    event.preventDefault();
    title.value = headline;
    hidden(form, 'fetched_title').value = headline;
    title.focus();
    void check({ fetchPage: true });
  });
  // A suggested tag goes into the field; the server says which are left.
  form.addEventListener('click', (event) => {
    const tag = event.target.closest?.('button[data-tag]')?.dataset.tag;
    if (tag === undefined) return;
    event.preventDefault();
    const typed = tags.value.replace(/[\s,]+$/, '');
    tags.value = typed === '' ? tag : `${typed}, ${tag}`;
    tags.focus();
    void check({ fetchPage: false });
  });
  tags.addEventListener('change', () => void check({ fetchPage: false }));
  // The form came filled, and nothing is known of the article yet. A page that is made ready ahead of time waits.
  if (url.value !== '' && slots.address.children.length === 0) {
    if (document.prerendering)
      document.addEventListener('prerenderingchange', () => void check({ fetchPage: true }));
    else void check({ fetchPage: true });
  }
}

/** What the server has to say; undefined when it says nothing, or is not asked any more. */
async function ask(form, fetchPage, signal) {
  const typed = new FormData(form);
  const body = new URLSearchParams({
    url: typed.get('url'),
    title: typed.get('title'),
    tags: typed.get('tags'),
  });
  if (typed.has('digest')) body.set('digest', '1');
  if (fetchPage) body.set('fetch', '1');
  try {
    const response = await fetch(form.dataset.check, {
      method: 'POST',
      headers: { accept: 'application/json' },
      body,
      signal,
    });
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}

function put(slot, html) {
  slot.setAttribute('role', 'status');
  // Nothing new is not said again, and what has the focus stays.
  if (slot.dataset.html === html) return;
  slot.dataset.html = html;
  const holdsFocus = slot.contains(document.activeElement) && document.activeElement.textContent;
  // Made by the templates of the page itself.
  slot.innerHTML = html;
  relativeTimes(slot);
  if (holdsFocus)
    [...slot.querySelectorAll('button, a')].find(({ textContent }) => textContent === holdsFocus)?.focus();
}

/** Puts a fetched headline into the title field, if that is empty or holds an earlier one. @returns whether it did */
function fillTitle(form, headline) {
  const { title } = form.elements;
  const typed = title.value.trim();
  const fetched = hidden(form, 'fetched_title');
  if (headline === '' || headline === fetched.value || (typed !== '' && typed !== fetched.value))
    return false;
  title.value = headline;
  fetched.value = headline;
  return true;
}

/**
 * Keeps in the form which of the topics that it shows have been seen. One that appeared outside of the screen, or under
 * the finger that presses the button, has not.
 */
function watchTopics(form) {
  const again = hidden(form, 'again');
  const given = again.value.split(' ').filter(Boolean);
  const seen = new Set();
  const timers = new Map();
  const write = () => {
    const there = [...form.querySelectorAll('[data-topic]')].map(({ dataset }) => dataset.topic);
    again.value = [...new Set([...given, ...there.filter((id) => seen.has(id))])].join(' ');
  };
  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      clearTimeout(timers.get(target));
      if (!isIntersecting) continue;
      const count = () => {
        if (!target.isConnected) return;
        seen.add(target.dataset.topic);
        write();
      };
      timers.set(target, setTimeout(count, SEEN));
    }
  });
  return {
    watch() {
      observer.disconnect();
      for (const topic of form.querySelectorAll('[data-topic]')) observer.observe(topic);
      write();
    },
  };
}

function hidden(form, name) {
  const there = form.elements.namedItem(name);
  if (there) return there;
  const input = document.createElement('input');
  input.type = 'hidden';
  input.name = name;
  form.prepend(input);
  return input;
}
