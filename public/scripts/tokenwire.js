// What scripts add: nothing here is needed to read or write, it only saves loading pages. A module comes when the page
// holds what it works on, so that nobody waits for the scripts of pages they never open.
import { layOutInPieces } from './pieces.js';
import { relativeTimes } from './times.js';

/** What a page may hold → loads the module that works on it, and starts it: a function that takes nothing. */
const MODULES = new Map([
  ['details', async () => (await import('./folds.js')).keepFolds()],
  ['[data-model-choice]', async () => (await import('./models.js')).foldModelWritten()],
  ['[name="vote"], .act-save', async () => (await import('./presses.js')).pressInPlace()],
  // Visitors' links lead to log in first.
  [
    'body:has(.mast-name) .reply .acts a[href*="/reply"]',
    async () => (await import('./replies.js')).replyInPlace(),
  ],
  ['.editor', async () => (await import('./preview.js')).previewInPlace()],
  ['form[data-check]', async () => (await import('./submit.js')).checkWhileTyping()],
  ['[data-passkey]', async () => (await import('./passkeys.js')).passkeys()],
  ['[data-time-zone]', async () => (await import('./time-zone.js')).offerTimeZone()],
  ['.desk[data-claims]', async () => (await import('./queue.js')).workQueue()],
  ['[data-read-topic], [data-topic-read]', async () => (await import('./news.js')).showNews()],
  ['a[data-ask]', async () => (await import('./new-replies.js')).tellOfNewReplies()],
  ['.mast-name, form[data-place]', async () => (await import('./drafts.js')).keepDrafts()],
  ['[data-keeps-place]', async () => (await import('./places.js')).keepPlace()],
  ['main', async () => (await import('./reading-keys.js')).readByKeys()],
  ['[data-keys-choice]', async () => (await import('./keys.js')).chooseKeys()],
  ['[data-new-topics]', async () => (await import('./new-topics.js')).tellOfNewTopics()],
]);

/** Starts what works on anything in here, once: for the page, and again for what a script has put into it. */
export async function startFor(root) {
  const needed = [...MODULES].filter(([selector]) => root.querySelector(selector));
  for (const [selector] of needed) MODULES.delete(selector);
  await Promise.all(needed.map(([, load]) => load()));
}

layOutInPieces();
relativeTimes();
// Only who writes needs it, and not before the first letter.
document.addEventListener('focusin', function loadForWriting({ target }) {
  if (!target.matches('.editor textarea, [name="tags"]')) return;
  document.removeEventListener('focusin', loadForWriting);
  // Without a connection nothing is completed: there is nobody to ask either.
  import('./complete.js').then(({ completeNamesAndTags }) => completeNamesAndTags()).catch(() => {});
});
/** Done when the page has all that scripts add to it. */
export const started = startFor(document);
