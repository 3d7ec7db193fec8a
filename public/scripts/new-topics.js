// "5 new topics" above an open list: a link that loads the page anew. Its place is kept from the start, so nothing moves.
import { poll } from './poll.js';

const EVERY_MS = 30_000;

export function tellOfNewTopics() {
  const place = document.querySelector('[data-new-topics]');
  if (!place) return;
  const link = place.querySelector('a');
  poll(place.dataset.newTopics, EVERY_MS, ({ text }) => {
    link.hidden = text === '';
    link.textContent = text;
  });
}
