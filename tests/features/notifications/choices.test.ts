// What members choose to be told, and by which channel: the page, and what comes of it.
import { eq } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import { followLevels, members, noticeChoices, notifications } from '../../../src/db/schema/index.ts';
import {
  channelsOf,
  MAIL_TIMES,
  NOTICE_KINDS,
  NOTICES,
  type NoticeKind,
} from '../../../src/domain/notices.ts';
import { notifyOfPost } from '../../../src/features/notifications/jobs.ts';
import { expect, test } from '../../support/forum.ts';
import type { Make, MemberRow } from '../../support/make.ts';

const AT = new Date('2026-04-03T14:00:00Z');

/** As somebody who chose nothing sends it. */
const DEFAULTS = Object.fromEntries(
  NOTICE_KINDS.flatMap((kind) => [
    ...(NOTICES[kind].alwaysInInbox ? [] : [[`inbox-${kind}`, '1']]),
    [`mail-${kind}`, NOTICES[kind].channels.mail ?? 'none'],
  ]),
) as Record<string, string>;

async function answer(db: Database, make: Make, member: MemberRow) {
  const reply = await make.reply({ topic: await make.topic({ author: member }) });
  await notifyOfPost(db, { postId: reply.id }, AT);
  return reply;
}

test('without a choice the inbox tells of everything, and mails of decisions and messages alone', () => {
  const chosen = NOTICE_KINDS.map((kind) => [kind, channelsOf(kind, undefined)]);
  expect(Object.fromEntries(chosen)).toEqual({
    reply: { inbox: true, mail: null },
    mention: { inbox: true, mail: null },
    topic: { inbox: true, mail: null },
    'new-topic': { inbox: true, mail: null },
    action: { inbox: true, mail: 'at-once' },
    message: { inbox: true, mail: 'at-once' },
  });
});

test.for<[NoticeKind, boolean]>([
  ['reply', false],
  ['mention', false],
  ['topic', false],
  ['new-topic', false],
  ['action', true],
  ['message', true],
])('whether the inbox keeps what was chosen away, %s: %s', ([kind, kept]) => {
  expect(channelsOf(kind, { inbox: false, mail: null })).toEqual({ inbox: kept, mail: null });
});

test('the page shows what holds, keeps what is chosen and shows it again', async ({ as, db, make }) => {
  const member = await make.member();
  const page = await (await as.member(member)).visit('/settings/notices');
  expect(page.document.querySelectorAll('.choices tbody tr')).toHaveLength(6);
  expect(page.document.querySelectorAll('.choices input[type=checkbox]')).toHaveLength(4);
  expect(page.document.querySelectorAll('.choices input[checked]')).toHaveLength(4);
  const saved = await page.press('Save', {
    'inbox-topic': false,
    'mail-topic': 'weekly',
    'mail-action': 'none',
  });
  expect(saved.main).toContain('Your choice is saved.');
  expect(saved.document.querySelector('[name=inbox-topic]')?.hasAttribute('checked')).toBe(false);
  expect(saved.document.querySelector('[name=mail-topic] [selected]')?.getAttribute('value')).toBe('weekly');
  const kept = await db.select().from(noticeChoices).where(eq(noticeChoices.memberId, member.id));
  expect(kept).toHaveLength(6);
  expect(kept).toContainEqual({ memberId: member.id, kind: 'topic', inbox: false, mail: 'weekly' });
  expect(kept).toContainEqual({ memberId: member.id, kind: 'action', inbox: true, mail: null });
});

test('every control says what it is: what of, and which channel', async ({ as }) => {
  const { document } = await (await as.member()).visit('/settings/notices');
  const names = [...document.querySelectorAll('.choices input, .choices select')].map((control) =>
    control
      .getAttribute('aria-labelledby')
      ?.split(' ')
      .map((id) => document.getElementById(id)?.textContent)
      .join(', '),
  );
  expect(names).toContain('Replies to you, Inbox');
  expect(names).toContain('Decisions of moderators, Mail');
  expect(new Set(names).size).toBe(10);
});

test.for([{ 'mail-reply': 'hourly' }, { 'mail-reply': '' }])(
  'what means nothing comes back with 422: %j',
  async (changed, { as, db }) => {
    const browser = await as.member();
    const answered = await browser.submit(
      '/settings/notices',
      Object.entries({ ...DEFAULTS, ...changed }),
      '/settings/notices',
    );
    expect(answered.status).toBe(422);
    expect(answered.error('mail-reply')).toContain('Choose when');
    expect(await db.$count(noticeChoices)).toBe(0);
  },
);

test('it is for members', async ({ as }) => {
  expect((await as.visitor().get('/settings/notices')).headers.location).toContain('/sign-in');
  expect((await as.visitor().post('/settings/notices', DEFAULTS)).headers.location).toContain('/sign-in');
});

test('what is not wanted in the inbox is neither there nor counted; a mail tells of it all the same', async ({
  as,
  db,
  make,
  drain,
  mails,
}) => {
  const member = await make.member();
  const browser = await as.member(member);
  const without = { ...DEFAULTS, 'inbox-reply': '' };
  await browser.post('/settings/notices', without);
  await answer(db, make, member);
  expect(await db.$count(notifications)).toBe(0);
  await browser.post('/settings/notices', { ...without, 'mail-reply': 'at-once' });
  await answer(db, make, member);
  const page = await browser.visit('/inbox');
  expect(page.main).toContain('Nothing yet.');
  expect(page.document.querySelector('.mast .new')).toBeNull();
  await drain();
  expect(mails()).toHaveLength(1);
});

test.for(MAIL_TIMES)(
  'a mail %s: what waits and what is ordered',
  async (mail, { db, make, drain, mails }) => {
    const member = await make.member();
    await db.insert(noticeChoices).values({ memberId: member.id, kind: 'reply', inbox: true, mail });
    await answer(db, make, member);
    const atOnce = mail === 'at-once';
    const [row] = await db.select().from(notifications);
    expect(row).toMatchObject({ mail, mailedAt: atOnce ? AT : null, inInbox: true });
    await drain();
    expect(mails()).toHaveLength(atOnce ? 1 : 0);
  },
);

test('what waits for a gathered mail goes by the new choice', async ({ as, db, make }) => {
  const member = await make.member();
  const browser = await as.member(member);
  await browser.post('/settings/notices', { ...DEFAULTS, 'mail-reply': 'daily' });
  await answer(db, make, member);
  for (const [chosen, waits] of [
    ['weekly', 'weekly'],
    ['at-once', null],
    ['daily', null],
  ] as const) {
    await browser.post('/settings/notices', { ...DEFAULTS, 'mail-reply': chosen });
    const [row] = await db.select({ mail: notifications.mail }).from(notifications);
    expect(row?.mail).toBe(waits);
  }
});

test('whoever has not confirmed an address is told that no mail comes yet', async ({ as, db, make }) => {
  const member = await make.member();
  const browser = await as.member(member);
  expect((await browser.visit('/settings/notices')).main).not.toContain('Mails wait');
  await db.update(members).set({ confirmedAt: null }).where(eq(members.id, member.id));
  expect((await browser.visit('/settings/notices')).main).toContain('Mails wait for your address.');
});

test('a level that goes takes the reason with it, not what was told', async ({ as, db, make }) => {
  const member = await make.member();
  const topic = await make.topic({ title: 'Deposits' });
  const level = { memberId: member.id, sectionId: topic.sectionId, level: 'all', setAt: AT } as const;
  await db.insert(followLevels).values(level);
  await notifyOfPost(db, { postId: topic.openingPostId }, AT);
  await db.delete(followLevels);
  const page = await (await as.member(member)).visit('/inbox');
  expect(page.document.querySelector('.note-t')?.textContent).toMatch(/New topic by member\d+$/);
  expect(page.main).toContain('Deposits');
});
