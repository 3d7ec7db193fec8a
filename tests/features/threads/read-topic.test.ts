import { paths } from '../../../src/web/paths.ts';
import { expect, test } from '../../support/forum.ts';

test('shows headline, article and replies in order', async ({ make, as }) => {
  const kevin = await make.member({ name: 'kevin_h' });
  const diana = await make.member({ name: 'diana_f' });
  const topic = await make.topic({
    author: kevin,
    title: 'Records shattered',
    body: 'What do you think?',
    source: 'https://gridledger.example/records',
  });
  const first = await make.reply({ topic, author: kevin, body: 'Capital flows.' });
  await make.reply({ topic, author: diana, parent: first, body: 'Power concentrates.' });
  const page = await as.visitor().visit(paths.topic(topic));
  expect(page.status).toBe(200);
  const wanted = [
    '← Back to forum',
    'Records shattered',
    'Posted by kevin_h · 0 upvotes · 2 replies',
    'What do you think?',
    'Replies (2)',
    'kevin_h',
    'Capital flows.',
    'diana_f',
    'Power concentrates.',
  ];
  let from = 0;
  for (const line of wanted) {
    const at = page.main.indexOf(line, from);
    expect(at, line).toBeGreaterThanOrEqual(from);
    from = at + line.length;
  }
});
