// What is new since the last visit, where the forum does not know it: visitors keep their marks themselves. Lists say
// "3 new", topics mark, count and lead to the new replies.
import { noteShown, readUpTo } from './marks.js';

export function showNews() {
  void countInLists();
  markInTopic();
}

// Lists

async function countInLists() {
  const rows = [...document.querySelectorAll('[data-read-topic]')].flatMap((tail) => {
    const seen = readUpTo(tail.dataset.readTopic);
    return seen === undefined ? [] : [{ tail, topic: tail.dataset.readTopic, seen }];
  });
  if (rows.length === 0) return;
  const seen = rows.map(({ topic, seen }) => `${topic}.${seen}`).sort();
  const response = await fetch(`/new/since?seen=${seen.join(',')}`).catch(() => undefined);
  if (!response?.ok) return;
  const counts = await response.json();
  for (const { tail, topic, seen } of rows) {
    if (!counts[topic]) continue;
    const link = document.createElement('a');
    link.className = 'new';
    const replies = tail.querySelector('a');
    link.href = `${replies.href}?since=${seen}#new`;
    link.textContent = `${counts[topic]} new`;
    tail.append(' ', link);
  }
}

// Topics

function markInTopic() {
  const bar = document.querySelector('[data-topic-read]');
  if (!bar) return;
  const upTo = noteShown(bar.dataset.topicRead, Number(bar.dataset.newest));
  // What the address asks for is marked already.
  if (upTo === undefined || new URLSearchParams(location.search).has('since')) return;
  const fresh = [...document.querySelectorAll('.reply')].filter(
    ({ id, firstElementChild: article }) =>
      Number(id.slice(1)) > upTo && !article.querySelector(':scope > details > .tomb'),
  );
  fresh.forEach((reply, index) => {
    markAsNew(reply, fresh[index + 1], index === 0);
  });
  if (fresh.length === 0) return;
  const jump = document.createElement('a');
  jump.className = 'jump';
  jump.href = '#new';
  jump.append(`${fresh.length} new`, leftOutOnPhones(' since your last visit'));
  const fold = document.createElement('a');
  fold.className = 'fold-read';
  const query = new URLSearchParams(location.search);
  query.set('since', upTo);
  query.set('fold', 'read');
  fold.href = `?${query}#replies`;
  fold.append('Fold', leftOutOnPhones(' what you have'), ' read');
  bar.querySelector('ul').after(fold, jump);
}

function leftOutOnPhones(words) {
  const span = document.createElement('span');
  span.className = 'act-opt';
  span.textContent = words;
  return span;
}

function markAsNew(reply, next, first) {
  reply.classList.add('is-new');
  const mark = document.createElement(next ? 'a' : 'span');
  mark.className = 'new';
  mark.textContent = 'New';
  if (first) mark.id = 'new';
  if (next) {
    mark.href = `#${next.id}`;
    mark.setAttribute('aria-label', 'New: go to the next new reply');
  }
  reply.querySelector('.reply-nav').before(mark, ' ');
}
