// What people write reads in its own direction, wherever it stands: a Hebrew title in an English sentence neither turns the
// sentence round nor is torn apart by it.
import { expect, test } from '../support/forum.ts';
import type { Browser } from '../support/browser.ts';
import { paths } from '../../src/web/paths.ts';

const HEBREW = 'מודל';
const TITLE = `${HEBREW} חדש עבר את המבחן (GPT)`;

/** Texts with Hebrew in them for which nothing but the English around them says a direction. */
async function undirected(browser: Browser, path: string): Promise<{ said: number; bare: string[] }> {
  const page = await browser.visit(path);
  expect(page.status, path).toBe(200);
  const bare: string[] = [];
  let said = 0;
  for (const element of page.document.querySelectorAll('main *')) {
    // What Markdown is rendered to says it itself, as tests/lib/markdown has it.
    if (element.closest('.vh, script, option, .vote, :is(.topic, .reply, .linkcard) .prose')) continue;
    const own = [...element.childNodes].filter(({ nodeType }) => nodeType === 3);
    if (!own.some(({ textContent }) => textContent?.includes(HEBREW))) continue;
    said++;
    if (!element.closest('[dir], bdi')) bare.push(`${path}: ${element.textContent?.trim()}`);
  }
  return { said, bare };
}

test('texts say their direction on every page that shows them', async ({ make, as, drain }) => {
  const author = await make.member({ name: 'author' });
  const topic = await make.topic({
    author,
    title: TITLE,
    body: `${HEBREW} וטקסט`,
    source: 'https://a.example/1',
  });
  const reply = await make.reply({ topic, author, body: `${HEBREW} בתשובה` });
  const member = await make.member();
  const reader = await as.member(member);
  await make.reply({ topic, author: member, body: `${HEBREW} שלי` });
  await (await reader.visit(paths.topic(topic))).press('Save');
  await reader.post(paths.topicFollow(topic.id), { level: 'all', next: '/' });
  const writer = await as.member(author);
  await writer.post(paths.topicReply(topic.id), { body: `${HEBREW} למי שעוקב` });
  await drain();
  await (await reader.visit(paths.postReply(reply.id))).press('Keep as a draft', { body: `${HEBREW} שנשמר` });
  const pages = [
    ...['/', '/new', '/saved', '/drafts', '/changes', '/inbox', '/settings/follows'],
    ...[`/search?q=${encodeURIComponent(HEBREW)}`, paths.member('author'), paths.topic(topic)],
    ...[paths.postReply(reply.id), paths.topicChanges(topic.id)],
  ];
  for (const path of pages) {
    const { said, bare } = await undirected(reader, path);
    expect(said, path).toBeGreaterThan(0);
    expect(bare).toEqual([]);
  }
});
