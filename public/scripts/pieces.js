// A long topic that is opened at its top is laid out in pieces: first what is in view, then branch by branch while there is
// nothing else to do. At once, a hundred replies hold a phone for a second. Whoever comes to a place in the page (by a
// link, by Back, by loading anew) gets it whole: there, heights must be right from the first moment.

/** More than a screen of branches. */
const FIRST = 4;

export function layOutInPieces() {
  const far = [...document.querySelectorAll('.replies-top > .reply')].slice(FIRST);
  const [arrival] = window.performance.getEntriesByType('navigation');
  // Not every browser can wait for a moment of rest.
  if (location.hash !== '' || arrival?.type !== 'navigate' || !('requestIdleCallback' in window)) return;
  for (const branch of far) branch.classList.add('is-far');
  const layOut = (most) => {
    for (const branch of far.splice(0, most)) branch.classList.remove('is-far');
  };
  const next = () => {
    layOut(1);
    if (far.length > 0) window.requestIdleCallback(next);
  };
  // What is pressed may lead into the page.
  for (const event of ['click', 'keydown', 'beforeprint'])
    window.addEventListener(event, () => layOut(far.length), { capture: true, once: true });
  window.addEventListener('load', () => window.requestIdleCallback(next), { once: true });
}
