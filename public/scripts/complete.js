// While "@na" is typed into a text, or a tag into its field, the server says what it may become: arrows choose, Enter
// takes, Escape leaves it as typed.
const PAUSE = 150;

let field;
let list;
let asking;
let waiting;

export function completeNamesAndTags() {
  document.addEventListener('input', ({ target }) => complete(target));
  document.addEventListener('keydown', press);
  document.addEventListener('focusout', ({ target }) => target === field && close());
  // What was typed before this came.
  complete(document.activeElement);
}

function complete(target) {
  clearTimeout(waiting);
  asking?.abort();
  const typed = beingTyped(target);
  if (!typed) close();
  else waiting = setTimeout(() => void offer(target, typed), PAUSE);
}

/** The stretch before the caret that can be completed, and how it is asked for; undefined when there is none. */
function beingTyped(target) {
  if (target.matches('textarea[name="body"]')) {
    const [, letters] = /(?:^|[^\w@/])@([\w-]{0,25})$/.exec(before(target)) ?? [];
    if (letters === undefined) return undefined;
    const [, topic = ''] = /^reply:(\d+)/.exec(target.form.dataset.place ?? '') ?? [];
    return { from: target.selectionStart - letters.length, query: { name: letters, topic }, after: ' ' };
  }
  if (target.matches('input[name="tags"]')) {
    const [, letters] = /(?:^|[,\s])\s*#?([^,\s#]+)$/.exec(before(target)) ?? [];
    return letters && { from: target.selectionStart - letters.length, query: { tag: letters }, after: ', ' };
  }
  return undefined;
}

const before = ({ value, selectionStart }) => value.slice(0, selectionStart);

async function offer(target, { from, query, after }) {
  asking = new AbortController();
  try {
    const response = await fetch(`/complete?${new URLSearchParams(query)}`, {
      headers: { accept: 'application/json' },
      signal: asking.signal,
    });
    if (!response.ok) return;
    const { offers } = await response.json();
    close();
    if (offers.length > 0 && document.activeElement === target) open(target, offers, from, after);
  } catch {
    // Without an answer it is typed to its end.
  }
}

function open(target, offers, from, after) {
  field = target;
  list = document.createElement('ul');
  list.className = 'offers';
  list.id = 'offers';
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', 'Suggestions');
  offers.forEach(({ value, note }, n) => {
    const option = document.createElement('li');
    option.id = `offer-${n}`;
    option.setAttribute('role', 'option');
    option.dataset.value = value;
    option.append(
      value,
      Object.assign(document.createElement('span'), { className: 'hint', textContent: note }),
    );
    list.append(option);
  });
  // The press would take the focus from the field, and close the list before the click.
  list.addEventListener('pointerdown', (event) => {
    event.preventDefault();
    const option = event.target.closest('[role="option"]');
    if (option) take(option, from, after);
  });
  list.take = (option) => take(option, from, after);
  field.after(list);
  field.setAttribute('aria-autocomplete', 'list');
  field.setAttribute('aria-controls', list.id);
  // Enter ends a line of a text, which nobody means after "@na"; in a field it sends what was typed.
  if (field.matches('textarea')) choose(list.firstElementChild);
}

function press(event) {
  if (!list || event.target !== field || event.isComposing) return;
  const { chosen } = list;
  if (event.key === 'Escape') close();
  else if (event.key === 'Enter' && chosen) list.take(chosen);
  else if (event.key === 'ArrowDown') choose(chosen?.nextElementSibling ?? list.firstElementChild);
  else if (event.key === 'ArrowUp') choose(chosen?.previousElementSibling ?? list.lastElementChild);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function choose(option) {
  list.chosen?.removeAttribute('aria-selected');
  option.setAttribute('aria-selected', 'true');
  list.chosen = option;
  field.setAttribute('aria-activedescendant', option.id);
}

function take(option, from, after) {
  const target = field;
  close();
  target.setRangeText(option.dataset.value + after, from, target.selectionStart, 'end');
  target.dispatchEvent(new Event('change', { bubbles: true }));
}

function close() {
  if (!list) return;
  list.remove();
  field.removeAttribute('aria-activedescendant');
  field.removeAttribute('aria-controls');
  list = undefined;
  field = undefined;
}
