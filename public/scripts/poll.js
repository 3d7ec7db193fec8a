// Asks for one small answer again and again while the page is in view: what is unchanged costs a 304. Whoever reads on a
// page that was left open, or comes back to it, sees what is new without anything moving.

/**
 * Asks every so often, and when the page comes back into view.
 * @param address where, as text
 * @param everyMs how often
 * @param told is given the answer (JSON) whenever it is another one
 */
export function poll(address, everyMs, told) {
  let tag = '';
  const ask = async () => {
    if (document.visibilityState !== 'visible') return;
    const response = await fetch(address, {
      cache: 'no-store',
      headers: { accept: 'application/json', ...(tag && { 'if-none-match': tag }) },
    }).catch(() => undefined);
    if (response?.status !== 200) return;
    tag = response.headers.get('etag') ?? '';
    told(await response.json());
  };
  setInterval(ask, everyMs);
  document.addEventListener('visibilitychange', ask);
}
