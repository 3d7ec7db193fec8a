// /dev/gallery: every part in every state, for whoever works on how the forum looks.
import { expect, test } from '../../support/forum.ts';

test('shows rows and replies in every state', async ({ as }) => {
  const response = await as.visitor().visit('/dev/gallery');
  expect(response.status).toBe(200);
  const page = response.document;
  const counts = [
    '.row.is-pinned',
    '.row:not(.is-pinned) .row-title > .i',
    '.row [aria-pressed=true]',
    '.reply.is-new',
    '.reply.is-flat',
    '.fold:not([open])',
    '.tomb',
    '.by-model',
    '.continue',
    '.linkcard',
    '.notice-error',
    '[aria-invalid=true]',
    '.prose .footnotes',
    '.prose table',
    '.linkcard-i',
    '.chart rect',
    '.q.is-current .claim',
    '.q.is-gone',
    '.q button:disabled',
    '.trail .bad',
    '.side .facts',
    '.chips',
    '.act-menu',
  ].map((selector) => [selector, page.querySelectorAll(selector).length > 0]);
  expect(counts.filter(([, shown]) => !shown)).toEqual([]);
  const ids = [...page.querySelectorAll('[id]')].map(({ id }) => id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

test('production has no such page', async ({ forum }) => {
  const app = await forum.build({ config: { production: true } });
  await app.ready();
  expect(app.hasRoute({ method: 'GET', url: '/dev/gallery' })).toBe(false);
  await app.close();
});
