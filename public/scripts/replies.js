// Reply and Quote open the composer in its place. It is fetched from the page that the link leads to without a script,
// so there is one form, made in one place.
export function replyInPlace() {
  document.addEventListener('click', async (event) => {
    const link = event.target.closest?.('.reply .acts a[href*="/reply"]');
    if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    const acts = link.closest('.acts');
    const open = acts.nextElementSibling;
    if (open?.matches('.composer')) {
      open.querySelector('textarea').focus();
      return;
    }
    const composer = await fetchComposer(link.href);
    if (!composer) {
      location.assign(link.href);
      return;
    }
    acts.after(composer);
    const text = composer.querySelector('textarea');
    text.focus();
    text.setSelectionRange(text.value.length, text.value.length);
  });

  document.addEventListener('click', (event) => {
    const cancel = event.target.closest?.('.reply .composer a.btn');
    if (!cancel) return;
    event.preventDefault();
    const composer = cancel.closest('.composer');
    composer.previousElementSibling.querySelector('a[href*="/reply"]')?.focus();
    composer.remove();
  });
}

/** Undefined when the page has no composer: logged out, too late, locked. The page itself then says why. */
async function fetchComposer(href) {
  try {
    const response = await fetch(href, { headers: { accept: 'text/html' } });
    if (!response.ok) return undefined;
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const composer = page.querySelector('form.composer');
    if (!composer) return undefined;
    // Ids are unique on the page it comes from, not on this one.
    const suffix = `-${/\/p\/(\d+)\//.exec(href)?.[1] ?? ''}`;
    for (const element of composer.querySelectorAll('[id]')) element.id += suffix;
    for (const name of ['for', 'aria-describedby', 'aria-labelledby']) {
      for (const element of composer.querySelectorAll(`[${name}]`)) {
        const ids = element
          .getAttribute(name)
          .split(' ')
          .map((id) => id + suffix);
        element.setAttribute(name, ids.join(' '));
      }
    }
    return document.importNode(composer, true);
  } catch {
    return undefined;
  }
}
