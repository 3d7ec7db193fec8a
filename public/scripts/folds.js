// Folded branches stay folded while the tab is open; a link to a reply inside one unfolds it.
const KEY = 'folded';

function read() {
  try {
    return new Set(JSON.parse(window.sessionStorage.getItem(KEY) ?? '[]'));
  } catch {
    // Storage is switched off, or holds something else: nothing is folded.
    return new Set();
  }
}

export function keepFolds() {
  const folded = read();
  for (const id of folded) {
    const details = document.getElementById(id)?.querySelector(':scope > article > details');
    if (details) details.open = false;
  }
  document.addEventListener(
    'toggle',
    ({ target }) => {
      const id = target.closest?.('.reply')?.id;
      if (!id || !target.matches('.fold')) return;
      if (target.open) folded.delete(id);
      else folded.add(id);
      try {
        window.sessionStorage.setItem(KEY, JSON.stringify([...folded].slice(-200)));
      } catch {
        // Only this page forgets it.
      }
    },
    true,
  );
  unfoldTarget();
  window.addEventListener('hashchange', unfoldTarget);
}

function unfoldTarget() {
  const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  if (!target) return;
  for (
    let above = target.parentElement?.closest('details');
    above;
    above = above.parentElement?.closest('details')
  ) {
    above.open = true;
  }
}
