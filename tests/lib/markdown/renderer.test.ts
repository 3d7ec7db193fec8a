import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { RENDERER_VERSION, renderEscaped, startMarkdownRenderer } from '../../../src/lib/markdown/index.ts';
import type { MarkdownRenderer } from '../../../src/lib/markdown/index.ts';
import { html, options } from './rendering.ts';

describe('the renderer', () => {
  let renderer: MarkdownRenderer;
  beforeAll(() => {
    renderer = startMarkdownRenderer();
  });
  afterAll(() => renderer.close());

  it('renders in the worker as it would here', async () => {
    const markdown = '# Hi @anna\n\n```js\nlet x\n```\n\nA note[^1].\n\n[^1]: b';
    await expect(renderer.render(markdown, options)).resolves.toEqual({
      ok: true,
      html: html(markdown),
      version: RENDERER_VERSION,
    });
  });

  it('hands on the reason of a refusal', async () => {
    const rendering = await renderer.render('>'.repeat(13), options);
    expect(rendering).toMatchObject({ ok: false, reason: expect.stringContaining('12 levels') as string });
  });

  it('keeps nothing of one text for the next, even of one that was refused halfway', async () => {
    await renderer.render(`a[^1]\n\n[^1]: b\n\n${'>'.repeat(13)}`, options);
    await expect(renderer.render('c[^1]', options)).resolves.toMatchObject({
      html: '<p dir="auto">c[^1]</p>\n',
    });
  });

  it('finds the names a text speaks to', async () => {
    await expect(renderer.mentions('@Anna, `@bob` and @max-7')).resolves.toEqual(['anna', 'max-7']);
  });
});

test('a text that takes longer than the deadline is refused with a reason, or done', async () => {
  const renderer = startMarkdownRenderer({ deadlineMs: 1 });
  const limits = { ...options.limits, characters: 4_000_000 };
  const rendering = await renderer.render('*a* [b](https://x.example) `c`\n\n'.repeat(40_000), {
    ...options,
    limits,
  });
  await renderer.close();
  expect(rendering).toMatchObject({
    ok: false,
    reason: expect.stringContaining('too long to format') as string,
  });
});

describe('renderEscaped', () => {
  test.each([
    ['a\n\nb', '<p dir="auto">a</p>\n<p dir="auto">b</p>\n'],
    ['a\r\nb\n \n\nc', '<p dir="auto">a<br>\nb</p>\n<p dir="auto">c</p>\n'],
    ['**a** <script>&', '<p dir="auto">**a** &lt;script&gt;&amp;</p>\n'],
    ['\0\uD800', '<p dir="auto">\uFFFD\uFFFD</p>\n'],
    [' \n ', ''],
  ])('%j', (markdown, expected) => {
    expect(renderEscaped(markdown)).toBe(expected);
  });
});
