// Visitors can fold what its authors marked as written with a model. The choice stays in their browser: the page is the
// same for all of them. Members have a setting for it.
const KEY = 'fold-model-written';

export function foldModelWritten() {
  const bar = document.querySelector('[data-model-choice]');
  const texts = document.querySelectorAll('details.by-model');
  if (!bar || texts.length === 0) return;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'act';
  button.textContent = 'Fold texts written with a model';
  bar.append(button);

  const show = (folded) => {
    button.setAttribute('aria-pressed', String(folded));
    for (const text of texts) text.open = !folded;
  };
  show(read());
  button.addEventListener('click', () => {
    const folded = button.getAttribute('aria-pressed') !== 'true';
    show(folded);
    try {
      window.localStorage.setItem(KEY, folded ? '1' : '');
    } catch {
      // Storage is switched off: it holds for this page.
    }
  });
}

function read() {
  try {
    return window.localStorage.getItem(KEY) === '1';
  } catch {
    return false;
  }
}
