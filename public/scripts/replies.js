// Reply and Quote open the composer in its place. It is fetched from the page that the link leads to without a script,
// so there is one form, made in one place.
import { bringBack } from './drafts.js';
import { say } from './say.js';
import { startFor } from './tokenwire.js';

/** What was typed in composers that were closed, by the address they came from: opening one again brings it back. */
const kept = new Map();

/** What was selected in a reply when its Quote was pressed: the press itself takes the selection away. */
let selected = '';

export function replyInPlace() {
  document.addEventListener('pointerdown', ({ target }) => {
    selected = selectedIn(target.closest?.('.reply'));
  });
  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('.reply .acts a[href*="/reply"]');
    if (link && event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey) {
      event.preventDefault();
      void open(link);
      return;
    }
    const cancel = event.target.closest?.('.reply .composer a.btn');
    if (cancel) {
      event.preventDefault();
      close(cancel.closest('.composer'));
    }
  });
}

async function open(link) {
  const acts = link.closest('.acts');
  const there = acts.nextElementSibling?.matches('.composer') ? acts.nextElementSibling : undefined;
  const quotes = link.search !== '';
  if (there && !quotes) {
    there.querySelector('textarea').focus();
    return;
  }
  const quoted = quotes ? selectedIn(link.closest('.reply')) || selected : '';
  const composer = await fetchComposer(link.href);
  if (composer === null) {
    say('There is no connection. What you have typed is still here; try again.');
    return;
  }
  if (!composer) {
    location.assign(link.href);
    return;
  }
  const text = composer.querySelector('textarea');
  if (quoted !== '') text.value = asQuote(quoted);
  const typed = there?.querySelector('textarea').value ?? kept.get(link.pathname) ?? '';
  if (typed.trim() !== '') text.value = quotes ? withQuote(typed, text.value) : typed;
  if (there) {
    // What the first one has saved, or is saving, is this text.
    composer.elements.form_id.value = there.elements.form_id.value;
    there.replaceWith(composer);
  } else acts.after(composer);
  bringBack(composer);
  composer.dataset.from = link.pathname;
  void startFor(composer.parentElement);
  text.focus();
  text.setSelectionRange(text.value.length, text.value.length);
}

/** The selected text, if all of it stands in the text of this reply. */
function selectedIn(reply) {
  const selection = document.getSelection();
  const prose = reply?.querySelector('.prose');
  return prose?.contains(selection.anchorNode) && prose.contains(selection.focusNode)
    ? selection.toString().trim()
    : '';
}

function asQuote(text) {
  const lines = text.split('\n').map((line) => (line.trim() === '' ? '>' : `> ${line}`));
  return `${lines.join('\n')}\n\n`;
}

/** A quote goes below what has been typed already; the text that it came with may begin with an older draft of that. */
function withQuote(typed, text) {
  const [quote] = /(?:(?<![^\n])>[^\n]*\n?)+\s*$/.exec(text) ?? [''];
  return typed.includes(quote.trim()) ? typed : `${typed.trimEnd()}\n\n${quote}`;
}

function close(composer) {
  kept.set(composer.dataset.from, composer.querySelector('textarea').value);
  composer.previousElementSibling.querySelector('a[href*="/reply"]')?.focus();
  composer.remove();
}

/** Null without a connection. Undefined when the page has no composer (logged out, too late, locked): it says why itself. */
async function fetchComposer(href) {
  try {
    const response = await fetch(href, { headers: { accept: 'text/html' } });
    if (!response.ok) return undefined;
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const composer = page.querySelector('form.composer');
    if (!composer) return undefined;
    // On its page this is the heading.
    const whom = document.createElement('p');
    whom.className = 'label';
    whom.textContent = page.querySelector('h1').textContent;
    composer.prepend(whom);
    composer.setAttribute('aria-label', whom.textContent);
    // Ids are unique on the page it comes from, not on this one.
    const suffix = `-${/\/p\/(\d+)\//.exec(href)?.[1] ?? ''}`;
    for (const element of composer.querySelectorAll('[id]')) element.id += suffix;
    for (const name of ['for', 'aria-describedby', 'aria-labelledby']) {
      for (const element of composer.querySelectorAll(`[${name}]`)) {
        const ids = element
          .getAttribute(name)
          .split(' ')
          .map((id) => id + suffix);
        element.setAttribute(name, ids.join(' '));
      }
    }
    return document.importNode(composer, true);
  } catch {
    return null;
  }
}
