// The page of the keys, laid over the page on which ? was pressed.

export async function showKeys() {
  const page = await fetchPage();
  if (!page) {
    location.assign('/keys');
    return;
  }
  // Pressed twice while the page was fetched.
  if (document.querySelector('dialog')) return;
  const dialog = document.createElement('dialog');
  dialog.setAttribute('aria-label', 'Keyboard');
  const close = document.createElement('button');
  close.className = 'btn';
  close.textContent = 'Close';
  close.addEventListener('click', () => dialog.close());
  dialog.append(document.importNode(page.querySelector('#keys'), true), close);
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

async function fetchPage() {
  try {
    const response = await fetch('/keys');
    return response.ok && new DOMParser().parseFromString(await response.text(), 'text/html');
  } catch {
    return undefined;
  }
}
