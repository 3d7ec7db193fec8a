// Choosing "Preview" shows the text as the server would render it.
import { explanationOf } from './say.js';

export function previewInPlace() {
  document.addEventListener('change', async ({ target }) => {
    if (!target.matches?.('.editor input[type="radio"][value="preview"]')) return;
    const editor = target.closest('.editor');
    const pane = editor.querySelector('.pane-preview');
    const text = editor.querySelector('textarea').value;
    if (text.trim() === '') {
      note(pane, 'Nothing to preview yet.');
      return;
    }
    pane.setAttribute('aria-busy', 'true');
    try {
      const response = await fetch('/preview', {
        method: 'POST',
        headers: { accept: 'application/json' },
        // The whole form: a digest may be longer, and a heading equal to the title is left out.
        body: new URLSearchParams(new FormData(editor.closest('form'))),
      });
      // What comes back went through the same sanitiser as every post.
      if (response.ok) pane.innerHTML = (await response.json()).html;
      else note(pane, await explanationOf(response));
    } catch {
      note(pane, 'The preview did not arrive: there is no connection. Your text is kept here.');
    } finally {
      pane.removeAttribute('aria-busy');
    }
  });
}

function note(pane, text) {
  const paragraph = document.createElement('p');
  paragraph.className = 'muted';
  paragraph.textContent = text;
  pane.replaceChildren(paragraph);
}
