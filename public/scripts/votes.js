// Votes without leaving the page: shown at once, taken back with the reason when the server refuses.
import { explanationOf, say } from './say.js';

export function voteInPlace() {
  document.addEventListener('submit', async (event) => {
    const { target: form, submitter: button } = event;
    if (button?.name !== 'vote') return;
    event.preventDefault();
    if (button.dataset.busy) return;
    button.dataset.busy = 'yes';
    const before = stateOf(button);
    show(button, { voted: !before.voted, score: String(number(before.score) + (before.voted ? -1 : 1)) });
    try {
      const response = await fetch(form.action, {
        method: 'POST',
        headers: { accept: 'application/json' },
        body: new URLSearchParams({ vote: before.voted ? 'undo' : 'up' }),
      });
      if (response.ok) {
        const { score, voted } = await response.json();
        show(button, { voted, score: String(score) });
      } else if (response.status === 401) {
        location.assign((await response.json()).signIn);
      } else {
        show(button, before);
        say(await explanationOf(response));
      }
    } catch {
      show(button, before);
      say('The vote did not arrive: there is no connection. Try again.');
    } finally {
      delete button.dataset.busy;
    }
  });
}

const number = (text) => Number(text.replaceAll(',', ''));

function stateOf(button) {
  return {
    voted: button.getAttribute('aria-pressed') === 'true',
    score: button.querySelector('.count').textContent,
  };
}

function show(button, { voted, score }) {
  button.setAttribute('aria-pressed', String(voted));
  button.value = voted ? 'undo' : 'up';
  const count = number(score);
  button.querySelector('.count').textContent = count.toLocaleString('en-GB');
  // The line under a topic's headline says it too.
  const said = button.closest('.topic')?.querySelector('.topic-score');
  if (said) said.textContent = `${count.toLocaleString('en-GB')} ${count === 1 ? 'upvote' : 'upvotes'}`;
}
