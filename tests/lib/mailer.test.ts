// Mails on their way: over a real socket to a small SMTP server, and into the mailbox of development.
import { afterEach, describe, expect, test } from 'vitest';
import { mailHeaders } from '../../src/features/mails/headers.ts';
import { type Mail, Mailbox, smtpMailer } from '../../src/lib/mailer.ts';
import { TestClock } from '../support/clock.ts';
import { type SmtpServer, startSmtpServer } from './smtp-server.ts';

const MAIL: Mail = {
  to: 'diana@example.org',
  senderName: 'Café “Tokens”, Ltd.',
  replyTo: 'desk@forum.example',
  subject: 'Schöne Grüße – 你好',
  text: 'First line\n.\n.. dots and ümlauts',
  html: '<p>First line</p><p>ümlauts &amp; more</p>',
};
const FROM = 'forum@forum.example';

let server: SmtpServer;
afterEach(() => server.close());

/** A header's value: unfolded, its encoded words (RFC 2047) read. */
function header(mail: string, name: string): string {
  const [head = ''] = mail.split('\r\n\r\n', 1);
  const value = new RegExp(`^${name}:\\s+(.*(?:\\r\\n[ \\t].*)*)`, 'im').exec(head)?.[1] ?? '';
  return value
    .replace(/\r\n[ \t]/g, ' ')
    .replace(/\?= =\?/g, '?==?')
    .replace(/=\?utf-8\?b\?([^?]*)\?=/gi, (_, text: string) => Buffer.from(text, 'base64').toString())
    .replace(/=\?utf-8\?q\?([^?]*)\?=/gi, (_, text: string) => fromQuotedPrintable(text.replace(/_/g, ' ')));
}

function fromQuotedPrintable(text: string): string {
  const bytes = text.replace(/=\r\n/g, '').replace(/=([\dA-F]{2})/g, (_, hex: string) => `%${hex}`);
  return decodeURIComponent(bytes.replace(/%(?![\dA-F]{2})/g, '%25'));
}

/** The content of a part by its type. */
function part(mail: string, type: string): string {
  const boundary = /boundary="([^"]+)"/.exec(mail)?.[1] ?? '';
  const found = mail.split(`--${boundary}`).find((each) => each.includes(`Content-Type: ${type}`)) ?? '';
  const content = found.slice(found.indexOf('\r\n\r\n') + 4);
  return (found.includes('base64') ? Buffer.from(content, 'base64').toString() : fromQuotedPrintable(content))
    .replaceAll('\r\n', '\n')
    .trimEnd();
}

describe('over SMTP', () => {
  test('a mail arrives whole: envelope, headers, text and HTML', async () => {
    server = await startSmtpServer();
    await smtpMailer(`smtp://${server.host}`, FROM).send(MAIL);
    expect(server.commands.filter((line) => /^(MAIL|RCPT)/.test(line))).toEqual([
      `MAIL FROM:<${FROM}>`,
      `RCPT TO:<${MAIL.to}>`,
    ]);
    const [mail = ''] = server.taken;
    expect(header(mail, 'From')).toBe(`${MAIL.senderName} <${FROM}>`);
    expect(header(mail, 'To')).toBe(MAIL.to);
    expect(header(mail, 'Reply-To')).toBe(MAIL.replyTo);
    expect(header(mail, 'Subject')).toBe(MAIL.subject);
    expect(header(mail, 'Auto-Submitted')).toBe('auto-generated');
    expect(header(mail, 'Content-Type')).toMatch(/^multipart\/alternative;/);
    expect(part(mail, 'text/plain')).toBe(MAIL.text);
    expect(part(mail, 'text/html')).toBe(MAIL.html);
  });

  test('the headers of a thread and of a list are said once each, and whole', async () => {
    server = await startSmtpServer();
    const headers = mailHeaders({
      unsubscribeHref: `https://forum.example/unsubscribe?key=${'k'.repeat(120)}`,
      name: 'notice-17',
      thread: 'topic-4',
    });
    await smtpMailer(`smtp://${server.host}`, FROM).send({ ...MAIL, headers });
    const [head = ''] = (server.taken[0] ?? '').split('\r\n\r\n', 1);
    for (const [name, value] of Object.entries(headers)) {
      expect(head.match(new RegExp(`^${name}:`, 'gim')), name).toHaveLength(1);
      expect(header(head, name)).toBe(value);
    }
  });

  test('without an address for answers there is no such header', async () => {
    server = await startSmtpServer();
    await smtpMailer(`smtp://${server.host}`, FROM).send({ ...MAIL, replyTo: undefined });
    expect(server.taken[0]).not.toMatch(/^Reply-To:/im);
  });

  test.each([
    ['the recipient', { RCPT: '550 no such mailbox' }, 'no such mailbox'],
    ['the sender', { MAIL: '421 come back later' }, 'come back later'],
  ])('a server that refuses %s is heard', async (_what, refuses, answer) => {
    server = await startSmtpServer(refuses);
    await expect(smtpMailer(`smtp://${server.host}`, FROM).send(MAIL)).rejects.toThrow(answer);
    expect(server.taken).toEqual([]);
  });

  test('a server that is not there is a fault, not a mail lost', async () => {
    server = await startSmtpServer();
    await server.close();
    const mailer = smtpMailer(`smtp://${server.host}`, FROM);
    await expect(mailer.send(MAIL)).rejects.toThrow('ECONNREFUSED');
    server = await startSmtpServer();
  });

  test('a password does not cross the network in the clear', async () => {
    server = await startSmtpServer();
    const mailer = smtpMailer(`smtp://forum:s3cret@${server.host}`, FROM);
    await expect(mailer.send(MAIL)).rejects.toThrow('STARTTLS');
    expect(server.commands.filter((line) => line.startsWith('AUTH'))).toEqual([]);
    expect(server.taken).toEqual([]);
  });
});

describe('the mailbox', () => {
  const clock = new TestClock();

  test('keeps mails with their number and time, newest first', async () => {
    server = await startSmtpServer();
    clock.set('2026-04-03T14:30:00Z');
    const mailbox = new Mailbox(clock);
    await mailbox.send(MAIL);
    clock.advance({ minutes: 1 });
    await mailbox.send({ ...MAIL, subject: 'The second' });
    expect(mailbox.mails().map(({ n, subject, at }) => [n, subject, at.toISOString()])).toEqual([
      [2, 'The second', '2026-04-03T14:31:00.000Z'],
      [1, MAIL.subject, '2026-04-03T14:30:00.000Z'],
    ]);
    expect(mailbox.find(1)).toMatchObject(MAIL);
    expect(mailbox.find(3)).toBeUndefined();
  });

  test('keeps the last 200', async () => {
    const mailbox = new Mailbox(clock);
    for (let n = 1; n <= 203; n += 1) await mailbox.send(MAIL);
    expect(mailbox.mails()).toHaveLength(200);
    expect([mailbox.mails()[0]?.n, mailbox.mails().at(-1)?.n]).toEqual([203, 4]);
    expect(mailbox.find(3)).toBeUndefined();
  });
});

describe('headers cannot be forged', () => {
  test.each<[string, Partial<Mail>]>([
    ['a header after the address', { to: 'a@example.org\r\nBcc: b@example.org' }],
    ['a bare line feed', { to: 'a@example.org\nBcc: b@example.org' }],
    ['two addresses', { to: 'a@example.org,b@example.org' }],
    ['two addresses with a semicolon', { to: 'a@example.org;b@example.org' }],
    ['a name with its address', { to: 'Anna <a@example.org>' }],
    ['a group', { to: 'all:a@example.org;' }],
    ['a comment', { to: 'a(b@example.org)@example.org' }],
    ['a quoted name', { to: '"a b"@example.org' }],
    ['two at signs', { to: 'a@b@example.org' }],
    ['a parameter of the envelope', { to: 'a@example.org> SIZE=1' }],
    ['a NUL', { to: 'a\0@example.org' }],
    ['nothing', { to: '' }],
    ['a header after the address for answers', { replyTo: 'a@example.org\r\nBcc: b@example.org' }],
    ['two addresses for answers', { replyTo: 'a@example.org, b@example.org' }],
    ['a header after the subject', { subject: 'Hello\r\nBcc: b@example.org' }],
    ['a carriage return', { subject: 'Hello\rBcc: b@example.org' }],
    ['a line separator', { subject: 'Hello\u2028Bcc: b@example.org' }],
    ['an early end of the headers', { subject: 'Hello\n\n<script>' }],
    ['a header after the sender', { senderName: 'Forum\r\nBcc: b@example.org' }],
    ['a tab', { senderName: 'Forum\tBcc' }],
  ])('%s is refused', async (_what, change) => {
    server = await startSmtpServer();
    const mailbox = new Mailbox(new TestClock());
    for (const mailer of [smtpMailer(`smtp://${server.host}`, FROM), mailbox])
      await expect(mailer.send({ ...MAIL, ...change })).rejects.toThrow(/plain address|one line/);
    expect(server.commands).toEqual([]);
    expect(mailbox.mails()).toEqual([]);
  });

  test('what looks like syntax in a name stays text', async () => {
    server = await startSmtpServer();
    const senderName = 'a@example.org, <b@example.org>';
    await smtpMailer(`smtp://${server.host}`, FROM).send({ ...MAIL, senderName });
    expect(server.commands.filter((line) => line.startsWith('RCPT'))).toHaveLength(1);
    expect(server.commands).toContain(`MAIL FROM:<${FROM}>`);
    expect(header(server.taken[0] ?? '', 'From')).toContain(`<${FROM}>`);
  });
});
