// An open topic says when others have replied meanwhile; nothing is put under the reader's eyes.
import { poll } from './poll.js';

const EVERY_MS = 30_000;

export function tellOfNewReplies() {
  const link = document.querySelector('a[data-ask]');
  poll(link.dataset.ask, EVERY_MS, ({ count }) => {
    link.hidden = count === 0;
    link.textContent = count === 1 ? '1 new reply' : `${count} new replies`;
  });
}
