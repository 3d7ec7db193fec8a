// An empty forum tells its admin what comes next, and stops by itself.
import { DEFAULT_SECTIONS } from '../../../src/domain/sections.ts';
import { DEFAULT_SETTINGS } from '../../../src/domain/settings.ts';
import { type Beginning, firstSteps } from '../../../src/domain/first-steps.ts';
import { NEW_MEMBER } from '../../../src/domain/limits.ts';
import { firstStepsView } from '../../../src/features/site/pages/first-steps.ts';
import { expect, test } from '../../support/forum.ts';

const NEW: Beginning = {
  settings: DEFAULT_SETTINGS,
  sections: DEFAULT_SECTIONS,
  production: true,
  siteUrl: 'http://localhost:3000',
  mailsAreSent: false,
  hasTopic: false,
  memberCount: 1,
  staff: 1,
};
const RUNS = { siteUrl: 'https://forum.example', mailsAreSent: true, hasTopic: true, memberCount: 2 };

const open = (change: Partial<Beginning>) =>
  firstSteps({ ...NEW, ...change })
    .filter(({ done }) => !done)
    .map(({ name }) => name)
    .join(' ');

test.for([
  ['nothing is done', {}, 'name rules sections mail address topic people moderator'],
  ['it is no production', { production: false }, 'name rules sections topic people moderator'],
  [
    'it has a line of its own',
    { settings: { ...DEFAULT_SETTINGS, tagline: 'Ours' } },
    'rules sections mail address topic people moderator',
  ],
  [
    'the rules were rewritten',
    { settings: { ...DEFAULT_SETTINGS, rules: 'One.' } },
    'name sections mail address topic people moderator',
  ],
  [
    'a section was dropped',
    { sections: DEFAULT_SECTIONS.slice(1) },
    'name rules mail address topic people moderator',
  ],
  ['all that matters is done', RUNS, ''],
  ['mail is missing', { ...RUNS, mailsAreSent: false }, 'name rules sections mail moderator'],
  [
    'the address is http',
    { ...RUNS, siteUrl: 'http://forum.example' },
    'name rules sections address moderator',
  ],
  ['there is no topic', { ...RUNS, hasTopic: false }, 'name rules sections topic moderator'],
  ['nobody has joined', { ...RUNS, memberCount: 1 }, 'name rules sections people moderator'],
  [
    'one moderates many',
    { ...RUNS, memberCount: NEW_MEMBER.inForceFromMembers },
    'name rules sections moderator',
  ],
  ['two moderate many', { ...RUNS, memberCount: NEW_MEMBER.inForceFromMembers, staff: 2 }, ''],
] as const)('what is open when %s', ([, change, names]) => {
  expect(open(change)).toBe(names);
});

test('admins alone see it, on the front page and in the administration, until the forum runs', async ({
  as,
  make,
  app,
}) => {
  const admin = await as.admin();
  await app.site.refresh();
  for (const path of ['/', '/admin']) {
    const page = await admin.visit(path);
    expect(page.main, path).toContain('What to do next.');
    expect(page.main, path).toContain('Post the first topic, or start with the news of feeds');
    expect(page.html, path).not.toContain('SMTP_URL');
  }
  expect((await admin.visit('/new')).main).not.toContain('What to do next.');
  for (const browser of [as.visitor(), await as.member(), await as.moderator()])
    expect((await browser.visit('/')).main).not.toContain('What to do next.');

  const topic = await make.topic({ hiddenAt: new Date() });
  expect((await admin.visit('/')).main).toContain('Post the first topic');
  expect(topic.state).toBe('hidden');
  await make.topic();
  await app.site.refresh();
  for (const path of ['/', '/admin'])
    expect((await admin.visit(path)).main, path).not.toContain('What to do next.');
});

test('each step says where it is taken; in production those of mail and address, too', () => {
  const view = firstStepsView({ ...NEW, settings: DEFAULT_SETTINGS });
  expect(view?.steps.filter(({ href }) => href === '').map(({ text }) => text)).toEqual([
    'Set SMTP_URL where the server is started',
    'Set SITE_URL to an address that begins with https',
  ]);
  const closed = firstStepsView({ ...NEW, settings: { ...DEFAULT_SETTINGS, signUp: 'closed' } });
  expect(closed?.steps.map(({ text }) => text)).toContain('Open the sign-up');
});

test('an empty front page says to each what they can do', async ({ as, make }) => {
  const unconfirmed = await make.member({ confirmedAt: null });
  for (const [browser, says, saysNot] of [
    [as.visitor(), ['Sign up', 'Log in'], 'Post a topic'],
    [await as.member(unconfirmed), ['Confirm your address'], 'Post a topic'],
    [await as.member(), ['Post a topic', 'Incoming news'], 'Add feeds'],
    [await as.moderator(), ['Post a topic', 'Queue of moderation'], 'Add feeds'],
    [await as.admin(), ['Post a topic', 'Add feeds'], 'Sign up'],
  ] as const) {
    const { main } = await browser.visit('/s/funding');
    for (const word of says) expect(main).toContain(word);
    expect(main).not.toContain(saysNot);
  }
});
