import { chromium } from 'playwright-core';
import { expect, test } from '../../support/forum.ts';
import { putInQueue } from './rows.ts';

test('shots', { timeout: 60000 }, async ({ make, as, db, clock, app }) => {
  const seller = await make.member({ name: 'flexwatt_sales', joinedAt: clock.ago({ days: 3 }), topicsRead: 0 });
  const marta = await make.member({ name: 'marta_l', role: 'moderator', password: 'correct horse battery' });
  const tomas = await make.member({ name: 'tomas_r', role: 'moderator' });
  const topic = await make.topic({ title: 'Grid operators report AI data centres as the largest share of new requests' });
  const parent = await make.reply({ topic, author: await make.member({ name: 'ops_lena' }), body: 'If you can offer two to four hours of curtailment, several utilities will study you in a separate, faster lane.' });
  const reply = await make.reply({ topic, parent, author: seller, body: 'Our platform does precisely this for 14 campuses. Ask for the price list and quote TOKENWIRE for the first quarter free. Sites over 100 MW get a dedicated desk.' });
  await make.reply({ topic, parent: reply });
  for (const name of ['rackunit', 'substation']) await make.flag({ post: reply.id, member: await make.member({ name }), note: name === 'rackunit' ? 'third post of this text today' : '' });
  await make.flag({ post: reply.id, reason: 'off-topic' });
  const i1 = await putInQueue(db, { post: reply.id });
  const t2 = await make.topic({ title: 'Exclusive: term sheet of a leading lab, all pages', body: 'Screenshots below, source cannot be named. Draw your own conclusions about the preference stack.', source: 'https://evalnotes.example/x' });
  await make.flag({ post: t2.openingPostId, reason: 'misleading' });
  const i2 = await putInQueue(db, { post: t2.openingPostId });
  const other = await make.reply({ topic, body: 'Nobody arguing for this has paid a household bill in the affected zone, and it shows.' });
  await make.flag({ post: other.id, reason: 'unkind' });
  await putInQueue(db, { post: other.id });
  const held = await make.topic({ title: 'A small study of tokenizer drift', heldAt: clock.ago({ hours: 1 }), source: 'https://evalnotes.example/y' });
  await putInQueue(db, { post: held.openingPostId, kind: 'held' });
  const m = await as.moderator(marta);
  await m.post(`/moderation/items/${i1}/claim`);
  await (await as.moderator(tomas)).post(`/moderation/items/${i2}/claim`);
  for (let n = 0; n < 5; n += 1) {
    const r = await make.reply({ topic });
    await m.post(`/p/${r.id}/hide`, { canned: 'Spam or promotion' });
    if (n === 2) await m.post(`/p/${r.id}/restore`, { reason: 'The figure was sourced' });
    clock.advance({ hours: 7 });
  }
  await m.post(`/t/${topic.id}/lock`, { reason: 'A quarrel of two, with nothing about the subject in it', rule: '2' });
  clock.advance({ minutes: -35 * 60 });
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  const base = `http://127.0.0.1:${(app.server.address() as { port: number }).port}`;
  const shots: [string, string][] = [['queue', '/moderation'], ['held', '/moderation?tab=held'], ['log', '/moderation/log'], ['flag', `/p/${parent.id}/flag`], ['hide', `/p/${parent.id}/hide`], ['pin', `/t/${topic.id}/pin`]];
  for (const [width, scheme] of [[1280, 'light'], [390, 'dark'], [320, 'light']] as const) {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, bypassCSP: true });
    const page = await context.newPage();
    await page.goto(`${base}/sign-in`);
    await page.fill('input[name=name]', 'marta_l').catch(async () => page.fill('form[action="/sign-in"] input:not([type=password]):not([type=hidden])', 'marta_l'));
    await page.fill('input[type=password]', 'correct horse battery');
    await page.press('input[type=password]', 'Enter');
    await page.waitForLoadState();
    for (const [name, path] of shots) {
      await page.goto(base + path);
      await page.addStyleTag({ path: '/tmp/css-moderation.css' });
      if (name === 'queue') await page.click('details.more >> nth=1').catch(() => undefined);
      const wide = await page.evaluate('document.documentElement.scrollWidth');
      if (Number(wide) > Math.max(334, width)) throw new Error(`${name} ${width} ${String(wide)} ${String(await page.evaluate('[...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth && !e.closest(".sections")).map(e => e.tagName + "." + e.className + " " + e.getBoundingClientRect().right).join(" | ")'))}`);
      await page.screenshot({ path: `/tmp/shots/mod-${name}-${width}.png`, fullPage: true });
    }
    await page.goto(`${base}/moderation`);
    await context.close();
  }
  await browser.close();
  expect(1).toBe(1);
});
