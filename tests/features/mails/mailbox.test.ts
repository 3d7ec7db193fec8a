// /dev/mail: where development shows the mails it does not send.
import { Mailbox, type Mail } from '../../../src/lib/mailer.ts';
import { Browser } from '../../support/browser.ts';
import { expect, test } from '../../support/forum.ts';

const MAIL: Mail = {
  to: 'diana@example.org',
  senderName: 'Tokenwire',
  replyTo: 'desk@example.com',
  subject: 'A <mail>',
  text: 'Plain <b>text</b>',
  html: '<html><head><title>Out</title></head><body><p>Hello, <a href="http://localhost:3000/rules">rules</a></p></body></html>',
};

test('a mail is found in the list and read in both its parts', async ({ as, drain }) => {
  const sent = { name: 'diana_f', email: 'd@example.org', password: 'a short sentence', rules: '1' };
  const browser = as.visitor();
  await browser.post('/sign-up', sent);
  await drain();
  const list = await browser.visit('/dev/mail');
  expect(list.main).toContain(
    'Confirm your e-mail address on Tokenwire\nto d@example.org 3 April 2026, 14:30 UTC',
  );
  const mail = await list.follow('Confirm your e-mail address on Tokenwire');
  expect(mail.url).toMatch(/^\/dev\/mail\/\d+$/);
  expect(mail.main).toContain('from Tokenwire to d@example.org');
  const [html, text] = mail.document.querySelectorAll('.prose');
  expect(html?.textContent).toContain('Hello diana_f,');
  expect(html?.querySelector('a[href$="/rules"]')?.textContent).toBe('a few rules');
  expect(text?.textContent).toContain('Hello diana_f,\n\nWelcome');
  expect(mail.headers['cache-control']).toBe('no-store');
  expect((await mail.follow('Mails')).url).toBe('/dev/mail');
});

test('what a mail holds is shown, and nothing of it runs, loads or styles', async ({ app, as, forum }) => {
  void app;
  const evil = `<p style="color:red" onclick="x()">Evil</p><script>x()</script><img src="http://evil.example/x.png">`;
  await forum.mailbox.send({ ...MAIL, html: `<body>${evil}<a href="javascript:x()">link</a></body>` });
  const page = await as.visitor().visit(`/dev/mail/${forum.mailbox.mails()[0]?.n}`);
  expect(page.main).toContain('Evil');
  expect(page.main).toContain('A <mail>');
  expect(page.main).toContain('Plain <b>text</b>');
  expect(page.main).toContain('answers to desk@example.com');
  expect(page.document.querySelector('main')?.innerHTML).not.toMatch(
    /style=|onclick|<script|<img|javascript:/,
  );
  expect(page.headers['content-security-policy']).toContain("default-src 'none'");
});

test('an empty mailbox says so', async ({ forum, clock }) => {
  const app = await forum.build({ mailer: new Mailbox(clock) });
  await app.ready();
  expect((await new Browser(app).visit('/dev/mail')).main).toContain('No mail yet.');
  await app.close();
});

test.for(['0', '-1', '9999999', '1.5', 'x', '%20'])('there is no mail %s', async (n, { as }) => {
  const page = await as.visitor().visit(`/dev/mail/${n}`);
  expect(page.status).toBe(404);
  expect(page.main).toContain('There is no such mail');
});

test('production has no such pages, whatever its mailer', async ({ forum, clock }) => {
  const mailbox = new Mailbox(clock);
  await mailbox.send(MAIL);
  const app = await forum.build({ mailer: mailbox, config: { production: true } });
  await app.ready();
  expect(app.hasRoute({ method: 'GET', url: '/dev/mail' })).toBe(false);
  expect(app.hasRoute({ method: 'GET', url: '/dev/mail/:n' })).toBe(false);
  await app.close();
});

test('development that sends its mails has no such pages either', async ({ forum }) => {
  const app = await forum.build({ mailer: { send: () => Promise.resolve() } });
  await app.ready();
  expect(app.hasRoute({ method: 'GET', url: '/dev/mail' })).toBe(false);
  await app.close();
});
