// Votes and saves without leaving the page: shown at once, taken back with the reason when the server refuses.
import { explanationOf, say } from './say.js';

const VOTE = {
  named: 'The vote',
  body: (pressed) => ({ vote: pressed ? 'undo' : 'up' }),
  /** What is shown until the server has answered. */
  guess: ({ pressed, score }) => ({ pressed: !pressed, score: score + (pressed ? -1 : 1) }),
  read: (button) => ({
    pressed: isPressed(button),
    score: number(button.querySelector('.count').textContent),
  }),
  answered: ({ voted, score }) => ({ pressed: voted, score }),
  show(button, { pressed, score }) {
    button.value = pressed ? 'undo' : 'up';
    button.querySelector('.count').textContent = score.toLocaleString('en-GB');
    // The line under a topic's headline says it too.
    const said = button.closest('.topic')?.querySelector('.topic-score');
    if (said) said.textContent = `${score.toLocaleString('en-GB')} ${score === 1 ? 'upvote' : 'upvotes'}`;
  },
};

const SAVE = {
  named: 'It',
  body: (pressed) => ({ do: pressed ? 'remove' : 'save' }),
  guess: ({ pressed }) => ({ pressed: !pressed }),
  read: (button) => ({ pressed: isPressed(button) }),
  answered: ({ saved }) => ({ pressed: saved }),
  show(button, { pressed }) {
    button.value = pressed ? 'remove' : 'save';
    button.querySelector('.save-word').textContent = pressed ? 'Saved' : 'Save';
  },
};

export function pressInPlace() {
  document.addEventListener('submit', async (event) => {
    const { submitter: button } = event;
    const kind = button?.name === 'vote' ? VOTE : button?.matches('.act-save') ? SAVE : undefined;
    if (!kind) return;
    event.preventDefault();
    let known = kind.read(button);
    show(kind, button, kind.guess(known));
    // Pressed again before the server has answered: that goes after it.
    if (button.dataset.busy) return;
    button.dataset.busy = 'yes';
    try {
      let wanted;
      do {
        wanted = isPressed(button);
        const response = await fetch(button.formAction, {
          method: 'POST',
          headers: { accept: 'application/json' },
          body: new URLSearchParams(kind.body(!wanted)),
        });
        if (response.status === 401) location.assign((await response.json()).signIn);
        else if (!response.ok) say(await explanationOf(response));
        if (!response.ok) break;
        known = kind.answered(await response.json());
      } while (isPressed(button) !== wanted);
    } catch {
      say(`${kind.named} did not arrive: there is no connection. Try again.`);
    } finally {
      show(kind, button, known);
      delete button.dataset.busy;
    }
  });
}

const number = (text) => Number(text.replaceAll(',', ''));
const isPressed = (button) => button.getAttribute('aria-pressed') === 'true';

function show(kind, button, state) {
  button.setAttribute('aria-pressed', String(state.pressed));
  kind.show(button, state);
}
