// The queue with every kind of work in it: what each item says, the views of it, and where a decision leads.
import { eq } from 'drizzle-orm';
import { queueItems } from '../../../src/db/schema/index.ts';
import type { QueueItemId } from '../../../src/domain/ids.ts';
import type { Page } from '../../support/browser.ts';
import { expect, test } from '../../support/forum.ts';
import { textOfNode } from '../../support/page.ts';
import { fillDesk, linkFrom, putItem } from '../../support/queue-desk.ts';

const itemText = (page: Page, id: QueueItemId | undefined) =>
  textOfNode(page.document.querySelector(`#q-${id}`));
const idsOn = (page: Page) =>
  [...page.document.querySelectorAll('.q')].map(({ id }) => Number(id.slice('q-'.length)));
const labelsOn = (page: Page, id: QueueItemId | undefined) =>
  [...page.document.querySelectorAll(`#q-${id} .q-decide .btn`)].map((button) =>
    textOfNode(button).replace(/ \S$/, ''),
  );

test('each kind of item says what it is about, why it is here, and what can be decided', async ({
  as,
  clock,
  db,
  make,
}) => {
  const { ids } = await fillDesk({ make, db, clock });
  const page = await (await as.moderator()).visit('/moderation');
  expect(page.status).toBe(200);
  expect(idsOn(page)).toHaveLength(10);
  const said: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    [
      'flagged',
      [
        'Reply by flexwatt_sales',
        'Ask for the price list',
        '2spam',
        '75 % of earlier flags upheld',
        'Hide with replies hides 2 replies by 2 people.',
        '1 digest links it.',
        'New member since 31 March 2026. 1 post, none hidden; 1 warning.',
        'The only post: none hidden, 1 flagged (this one)',
        'Says he is the owner',
        'Warned: Spam or promotion (rule 4)',
        '2 messages',
        'tomas_r to flexwatt_sales',
        'flexwatt_sales to the moderators',
      ],
      ['Keep', 'Hide', 'Hide with replies', 'Hide & warn', 'Lock topic', 'Suspend…'],
    ],
    [
      'held',
      ['Topic awaiting approval by lab_notes_24', 'A small study', 'evalnotes.example'],
      ['Approve', 'Refuse', 'Suspend…', 'Ban domain…'],
    ],
    [
      'appeal',
      [
        'Appeal by old_iron',
        'Hidden on 3 April 2026, 14:30 UTC by tomas_r: Off topic here (rule 3). The text: “It trips like a turbine.”',
        'I compared the order of recovery.',
      ],
      ['Uphold', 'Reverse'],
    ],
    [
      'consent',
      ['Permanent suspension of flexwatt_sales', 'Proposed by tomas_r: Nothing but advertising'],
      ['Consent', 'Decline'],
    ],
    [
      'link',
      ['Link without a publisher', 'Address: https://paper.example/story (1 member)'],
      ['Apply', 'Give this address', 'Dismiss', 'Ban domain…'],
    ],
    [
      'suggestion',
      ['Suggestions for a topic', 'Title: A better title (2 members)', 'Tags: chips (1 member)'],
      ['Apply', 'Apply', 'Apply', 'Dismiss'],
    ],
    [
      'watched',
      ['watched word “cheap tokens”: Spam wave of March (rule 4)'],
      ['Keep', 'Hide', 'Hide & warn', 'Lock topic', 'Suspend…'],
    ],
    [
      'newcomer',
      ['Newcomer flexwatt_two', 'same browser as flexwatt_sales, who is suspended'],
      ['Keep', 'Suspend…'],
    ],
    [
      'member',
      ['Member alphaleak', 'Calls other members names', '1misleading', '“See for yourself”'],
      ['Keep', 'Warn', 'Remove profile text', 'Take the name away', 'Suspend…'],
    ],
    ['source', ['Source added by', 'A link that hides its publisher'], ['Keep', 'Suspend…', 'Ban domain…']],
  ];
  for (const [kind, texts, labels] of said) {
    const text = itemText(page, ids[kind]).replaceAll('\n', ' ');
    for (const part of texts) expect([kind, text]).toEqual([kind, expect.stringContaining(part)]);
    expect([kind, labelsOn(page, ids[kind])]).toEqual([kind, labels]);
  }
});

test('tabs, filters and orders show what they say, and tabs say how much there is', async ({
  as,
  clock,
  db,
  make,
}) => {
  const { ids, tomas } = await fillDesk({ make, db, clock });
  const viewer = await make.member({ role: 'moderator' });
  const hold = (by: typeof viewer, id: QueueItemId | undefined) =>
    db
      .update(queueItems)
      .set({ claimedById: by.id, claimedUntil: new Date(clock.now().getTime() + 60_000) })
      .where(eq(queueItems.id, id!));
  await hold(tomas, ids.watched);
  await hold(viewer, ids.newcomer);
  const browser = await as.moderator(viewer);
  const views: readonly (readonly [string, readonly string[]])[] = [
    ['tab=flagged', ['flagged', 'member', 'source']],
    ['tab=held', ['held']],
    ['tab=appeals', ['appeal', 'consent']],
    ['tab=suggestions', ['link', 'suggestion']],
    ['tab=watched', ['watched']],
    ['tab=newcomers', ['newcomer']],
    ['section=regions', []],
    ['section=funding&tab=appeals', ['appeal']],
    ['reason=spam', ['flagged']],
    ['reason=misleading', ['member', 'source']],
    ['claimed=mine', ['newcomer']],
    ['claimed=free', ['appeal', 'flagged', 'link', 'suggestion', 'consent', 'held', 'member', 'source']],
    ['by=FLEXWATT_sales', ['flagged', 'consent']],
    ['by=nobody_there', []],
    [
      'order=heaviest',
      [
        'source',
        'member',
        'flagged',
        'appeal',
        'link',
        'suggestion',
        'consent',
        'held',
        'newcomer',
        'watched',
      ],
    ],
  ];
  for (const [query, kinds] of views) {
    const page = await browser.visit(`/moderation?${query}`);
    expect([query, idsOn(page)]).toEqual([query, kinds.map((kind) => ids[kind])]);
  }
  const page = await browser.visit('/moderation?tab=appeals&order=heaviest');
  const tabs =
    'All 10|Flagged 3|Awaiting approval 1|Appeals 2|Links & suggestions 2|Watched words 1|Newcomers 1';
  expect([...page.document.querySelectorAll('.tabs a')].map((tab) => textOfNode(tab))).toEqual(
    tabs.split('|'),
  );
  expect(page.main).toContain('Median wait 8 hours');
  expect(page.main).toContain('2 of 2');
  // What is chosen stays chosen in another tab.
  expect((await page.follow('Flagged')).url).toBe('/moderation?tab=flagged&order=heaviest');
});

test('heaviest first is paged without a gap, also among equals and fractions', async ({
  as,
  db,
  make,
  clock,
}) => {
  const topic = await make.topic();
  const author = await make.member();
  const expected: { id: QueueItemId; weight: number }[] = [];
  for (let n = 0; n < 33; n += 1) {
    const reply = await make.reply({ topic, author });
    const weight = (n % 4) + 0.1 + 0.2;
    expected.push({
      id: await putItem(db, 'flagged', { postId: reply.id }, { weight, at: clock.now() }),
      weight,
    });
  }
  expected.sort((a, b) => b.weight - a.weight || a.id - b.id);
  const first = await (await as.moderator()).visit('/moderation?order=heaviest');
  const second = await first.follow('More');
  expect([...idsOn(first), ...idsOn(second)]).toEqual(expected.map(({ id }) => id));
  expect(idsOn(first)).toHaveLength(30);
});

test('a page takes as many queries for thirty items as for one of each kind', async ({
  as,
  clock,
  db,
  make,
}) => {
  const { topic } = await fillDesk({ make, db, clock });
  const moderator = await make.member({ role: 'moderator' });
  const browser = await as.moderator(moderator);
  const count = async () => {
    const { headers } = await browser.get('/moderation');
    return Number(/(\d+) queries/.exec((headers as Record<string, string>)['server-timing'] ?? '')?.[1]);
  };
  const few = await count();
  for (let n = 0; n < 20; n += 1) {
    const { id } = await make.reply({ topic });
    await make.flag({ post: id });
    await putItem(db, 'flagged', { postId: id }, { at: clock.now() });
  }
  expect(few).toBeGreaterThan(5);
  expect(await count()).toBe(few);
});

test('after a decision the next item is at hand, with what was done and the way to undo it', async ({
  as,
  clock,
  db,
  make,
}) => {
  const { ids } = await fillDesk({ make, db, clock });
  const browser = await as.moderator();
  const page = await browser.visit('/moderation?by=flexwatt_sales&order=heaviest');
  const hidden = await page.press('Hide', { canned: 'Spam or promotion' }, `#q-${ids.flagged}`);
  expect(hidden.url).toMatch(
    new RegExp(
      `^/moderation\\?by=flexwatt_sales&order=heaviest&current=${ids.consent}&did=\\d+#q-${ids.consent}$`,
    ),
  );
  expect(idsOn(hidden)).toEqual([ids.consent]);
  expect(hidden.document.querySelector('.is-current')?.id).toBe(`q-${ids.consent}`);
  const did = /did=(\d+)/.exec(hidden.url)?.[1];
  expect(hidden.main).toContain('Hidden. Undo');
  expect(hidden.html).toContain(`href="/moderation/actions/${did}/undo"`);
  // Somebody else who opens the address is not told that they have done it.
  expect((await (await as.moderator()).visit(hidden.url)).main).not.toContain('Hidden. Undo');

  const item = await browser.visit(`/moderation/items/${ids.held}?tab=held`);
  expect(item.main).toContain('Topic awaiting approval by');
  const approved = await item.press('Approve');
  // Nothing else awaits approval: the list says so.
  expect(approved.url).toMatch(/^\/moderation\?tab=held&did=\d+$/);
  expect(approved.main).toContain('Approved.');
  expect(approved.main).not.toContain('Undo');
  const closed = await browser.visit(`/moderation/items/${ids.held}`);
  expect(closed.main).toContain('This has been decided.');
  expect(closed.document.querySelectorAll('.q-decide .btn')).toHaveLength(0);

  const watched = await browser.visit(`/moderation/items/${ids.watched}?claimed=free`);
  const next = await watched.press('Claim');
  expect(next.main).toContain('Claimed by you until 14:40 UTC');
});

test('who links to a post or its topic is counted, whatever the link goes on with, and nobody else', async ({
  as,
  db,
  make,
}) => {
  const topic = await make.topic();
  const elsewhere = await make.topic();
  const item = await putItem(db, 'flagged', { postId: topic.openingPostId });
  const own = await make.reply({ topic });
  await linkFrom(db, own.id, `/t/${topic.id}/${topic.slug}`);
  const links = [
    `/t/${topic.id}/${topic.slug}#p7`,
    `http://localhost:3000/t/${topic.id}?sort=new`,
    `/p/${topic.openingPostId}`,
    `/t/${topic.id}0/another`,
    `https://elsewhere.example/t/${topic.id}/its`,
  ];
  for (const href of links) await linkFrom(db, (await make.reply({ topic: elsewhere })).id, href);
  const page = await (await as.moderator()).visit('/moderation');
  expect(itemText(page, item)).toContain('3 posts link it.');
});

test('the last item of the list is followed by the first', async ({ as, db, make, clock }) => {
  const topic = await make.topic();
  const items: QueueItemId[] = [];
  for (const minutes of [3, 2, 1]) {
    const { id } = await make.reply({ topic });
    items.push(await putItem(db, 'flagged', { postId: id }, { at: clock.ago({ minutes }) }));
  }
  const page = await (await as.moderator()).visit(`/moderation/items/${items[2]}`);
  const next = await page.press('Hide', { canned: 'Off topic here' });
  expect(next.url).toMatch(new RegExp(`^/moderation/items/${items[0]}\\?did=\\d+$`));
});

test('nobody is offered to decide about themselves or their own decision', async ({
  as,
  clock,
  db,
  make,
}) => {
  const { ids, tomas } = await fillDesk({ make, db, clock });
  await make.member({ role: 'moderator' });
  const page = await (await as.moderator(tomas)).visit('/moderation?tab=appeals');
  for (const kind of ['appeal', 'consent']) {
    expect(itemText(page, ids[kind])).toContain(
      'This is about your own decision: another moderator decides.',
    );
    expect(page.document.querySelectorAll(`#q-${ids[kind]} .q-decide .btn`)).toHaveLength(0);
  }
  // Nor are they called to it.
  expect(page.document.querySelector('.mast-acts .new')?.textContent).toBe('8');
  const others = await (await as.moderator()).visit('/moderation');
  expect(others.document.querySelector('.mast-acts .new')?.textContent).toBe('10');
});

test('several items can be chosen, with the version each was seen in, also without a script', async ({
  as,
  clock,
  db,
  make,
}) => {
  const { ids } = await fillDesk({ make, db, clock });
  const page = await (await as.moderator()).visit('/moderation?tab=flagged');
  const all = await page.follow('All on this page');
  const chosen = [...all.document.querySelectorAll('input[name="item"][checked]')];
  expect(chosen.map((box) => [box.getAttribute('value'), box.getAttribute('form')])).toEqual(
    [ids.flagged, ids.member, ids.source].map((id) => [`${id}:1`, 'bulk']),
  );
  const form = all.document.querySelector('#bulk');
  expect([form?.getAttribute('method'), form?.getAttribute('action')]).toEqual(['post', '/moderation/bulk']);
  expect(all.field('next').value).toBe('/moderation?tab=flagged');
  const offered = [...all.document.querySelectorAll('#bulk-do option')].map((option) =>
    option.getAttribute('value'),
  );
  expect(offered).toEqual(['keep', 'hide', 'release']);
  expect((await (await as.moderator()).visit('/moderation?done=3&skipped=1')).main).toContain(
    '3 items done. 1 item was left',
  );
});

test('open pages are told who holds what and what was decided, once', async ({ as, clock, db, make }) => {
  const { ids } = await fillDesk({ make, db, clock });
  const marta = await as.moderator(await make.member({ name: 'marta_l', role: 'moderator' }));
  const other = await as.moderator();
  const asked = `/moderation/claims?items=${ids.flagged},${ids.held},${ids.appeal},nonsense`;
  const told = async (browser: typeof marta) => (await browser.get(asked)).body as unknown;
  expect(await told(other)).toEqual({});
  await marta.post(`/moderation/items/${ids.flagged}/claim`);
  await marta.post(`/moderation/items/${ids.held}`, { do: 'approve', version: '1' });
  const answer = await other.get(asked);
  expect(answer.body).toEqual({
    [String(ids.flagged)]: { state: 'taken', text: 'Claimed by marta_l until 14:40 UTC' },
    [String(ids.held)]: { state: 'decided', text: 'Approved by marta_l' },
  });
  expect(await told(marta)).toMatchObject({
    [String(ids.flagged)]: { state: 'mine', text: 'Claimed by you until 14:40 UTC' },
  });
  const { etag } = answer.headers as { etag: string };
  expect((await other.get(asked, { 'if-none-match': etag })).status).toBe(304);
  clock.advance({ minutes: 10 });
  expect((await other.get(asked, { 'if-none-match': etag })).status).toBe(200);
});
