// Single keys that act: when they do, for every script that takes some. Never in a field or with a modifier, and not for
// whom they are off: voice control and some keyboards send them unmeant.
const KEY = 'keys-off';
const FIELDS = 'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable]';

/** Members have a setting; visitors a mark in their browser. */
export function usesKeys() {
  const { keys } = document.documentElement.dataset;
  return keys ? keys === 'on' : !isOffHere();
}

/**
 * Hands over the keys that are pressed.
 * @param act is given the key in lower case and the event; says whether it did something
 * @param inField the same while a field has the focus, for who needs Enter or Esc there
 */
export function onKeys(act, inField = () => false) {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    // What fills fields in for somebody may say that a key was pressed, and not which.
    if (!event.key || !usesKeys()) return;
    const field = event.target.closest?.(FIELDS) ?? document.querySelector('dialog[open]');
    if (field ? inField(event.key, field) : act(event.key.toLowerCase(), event)) event.preventDefault();
  });
}

/** The choice of visitors, on the page of the keys. */
export function chooseKeys() {
  const label = document.querySelector('[data-keys-choice]');
  if (!label) return;
  const box = label.querySelector('input');
  label.hidden = false;
  box.checked = usesKeys();
  box.addEventListener('change', () => {
    try {
      if (box.checked) localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, 'yes');
    } catch {
      // Without a store they stay on, and the box says so.
      box.checked = true;
    }
  });
}

function isOffHere() {
  try {
    return localStorage.getItem(KEY) === 'yes';
  } catch {
    return false;
  }
}
