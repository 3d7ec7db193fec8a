// What is hidden, held or withdrawn is not found, by anyone.
import type { Make } from '../../support/make.ts';
import { expect, test } from '../../support/forum.ts';

const VIEWERS = ['visitor', 'member', 'moderator'] as const;

async function fillForum(make: Make, at: Date): Promise<void> {
  const visible = await make.topic({ title: 'Visible llama', body: 'Here.' });
  await make.reply({ topic: visible, body: 'A visible llama.' });
  const hidden = await make.topic({ title: 'Secret llama one', body: 'Secret llama.' });
  await make.reply({ topic: hidden, body: 'A secret llama below.' });
  await make.hide({ topic: hidden.id });
  await make.topic({ title: 'Secret llama two', body: 'Secret llama.', heldAt: at });
  await make.topic({ title: 'Secret llama three', body: 'Secret llama.', withdrawnAt: at });
  const reply = await make.reply({ topic: visible, body: 'A secret llama four.' });
  await make.hide({ post: reply.id });
  await make.reply({ topic: visible, body: 'A secret llama five.', heldAt: at });
  await make.reply({ topic: visible, body: 'A secret llama six.', withdrawnAt: at });
}

for (const viewer of VIEWERS) {
  test(`a ${viewer} finds only what everybody may read`, async ({ make, as, clock }) => {
    await fillForum(make, clock.now());
    const browser = await as[viewer]();
    for (const sort of ['relevance', 'new']) {
      const page = await browser.visit(`/search?q=llama&sort=${sort}`);
      expect(page.document.querySelectorAll('.items > li')).toHaveLength(2);
      expect(page.html).not.toMatch(/secret/i);
      if (sort === 'relevance') expect(page.main).toContain('2 results');
    }
  });
}

test('not even the author finds an own held or hidden text', async ({ make, as, clock }) => {
  const author = await make.member();
  const topic = await make.topic({ author, title: 'Plain' });
  await make.reply({ topic, author, body: 'A secret llama.', heldAt: clock.now() });
  const page = await (await as.member(author)).visit('/search?q=llama&by=' + author.name);
  expect(page.main).toContain('Nothing matches.');
});
