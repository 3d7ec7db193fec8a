// The forum's icon and manifest: drawn in its accent, as every program wants them.
import sharp from 'sharp';
import { expect, test } from '../../support/forum.ts';

test('pages refer to the icon in its sizes, in the accent, to be kept for good', async ({ as, app }) => {
  const browser = as.visitor();
  const { document } = await browser.visit('/');
  const href = (rel: string) => document.querySelector(`link[rel="${rel}"]`)?.getAttribute('href') ?? '';
  const drawing = await app.inject(href('icon'));
  expect([drawing.statusCode, drawing.headers['content-type']]).toEqual([200, 'image/svg+xml']);
  expect(drawing.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect(drawing.body).toContain('#00666a');
  const { rawPayload, headers } = await app.inject(href('apple-touch-icon'));
  expect(headers['content-type']).toBe('image/png');
  const { data, info } = await sharp(rawPayload).raw().toBuffer({ resolveWithObject: true });
  expect([info.width, info.height]).toEqual([180, 180]);
  // To its edge: whatever shape it is cut to, no corner is empty.
  expect([...data.subarray(0, 3)]).toEqual([0x00, 0x66, 0x6a]);
});

test('another accent is another icon at another address, and the old address is gone', async ({
  as,
  app,
}) => {
  const browser = await as.admin();
  const { href, touch } = app.site.current().icon;
  expect((await browser.get(touch.href)).status).toBe(200);
  const page = await browser.visit('/admin');
  await page.press('Save', { accent: '#7a2048' });
  const { icon } = app.site.current();
  expect(icon.href).not.toBe(href);
  expect((await browser.get(href)).status).toBe(404);
  expect((await app.inject(icon.href)).body).toContain('#7a2048');
  const { rawPayload } = await app.inject(icon.touch.href);
  const { data } = await sharp(rawPayload).raw().toBuffer({ resolveWithObject: true });
  expect([...data.subarray(0, 3)]).toEqual([0x7a, 0x20, 0x48]);
});

test('favicon.ico is one that old programs read', async ({ app }) => {
  const { rawPayload, headers } = await app.inject('/favicon.ico');
  expect(headers['content-type']).toBe('image/x-icon');
  expect([...rawPayload.subarray(0, 8)]).toEqual([0, 0, 1, 0, 1, 0, 48, 48]);
  const at = rawPayload.readUInt32LE(18);
  expect(rawPayload.length).toBe(at + rawPayload.readUInt32LE(14));
  expect((await sharp(rawPayload.subarray(at)).metadata()).width).toBe(48);
});

test('the manifest names the forum, and all that it refers to is there', async ({ as, app }) => {
  const browser = as.visitor();
  const { document } = await browser.visit('/');
  const { text, headers } = await browser.get(
    document.querySelector('link[rel="manifest"]')?.getAttribute('href') ?? '',
  );
  expect(headers['content-type']).toBe('application/manifest+json; charset=utf-8');
  const manifest = JSON.parse(text) as {
    icons: { src: string; sizes: string; purpose: string }[];
    shortcuts: { url: string }[];
  };
  expect(manifest).toMatchObject({ name: 'Tokenwire', start_url: '/', theme_color: '#00666a' });
  for (const { src, sizes } of manifest.icons) {
    const { statusCode, rawPayload } = await app.inject(src);
    expect(statusCode, src).toBe(200);
    const { width } = await sharp(rawPayload).metadata();
    if (sizes !== 'any') expect(`${width}x${width}`).toBe(sizes);
  }
  expect(manifest.icons.map(({ sizes, purpose }) => `${sizes} ${purpose}`)).toEqual([
    ...['any any', '192x192 any', '512x512 any', '512x512 maskable'],
  ]);
  const member = await as.member();
  for (const { url } of manifest.shortcuts) expect((await member.visit(url)).status, url).toBe(200);
});
