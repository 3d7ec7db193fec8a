// Phrases of real discussions, brought in by the importer: each leads to its post.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { asc, eq } from 'drizzle-orm';
import { posts, topics } from '../../../src/db/schema/index.ts';
import { textOf } from '../../../src/lib/html.ts';
import { corpusPath, describeWithCorpora } from '../../support/corpora.ts';
import { expect, test } from '../../support/forum.ts';
import { importTexts } from '../importing/transfer.ts';

const PHRASES = 200;
/** Every so many of the discussions, and no long ones: enough for the phrases to be among many like them. */
const EVERY = 12;
const LONGEST_LINE = 12_000;
/** 3 to 6 words side by side with nothing but spaces between them, two of them long enough to say something. */
const STRETCH = /(?<=^| )[a-z]+(?: [a-z]+){2,5}(?=[.,;!?]?(?: |$))/gi;
const LONG_WORD = /\b[a-z]{7,}\b/gi;

describeWithCorpora('the corpus', () => {
  test(
    '200 phrases find their posts on the first page',
    { timeout: 120_000 },
    async ({ app, db, forum, as }) => {
      const lines = gunzipSync(readFileSync(corpusPath('threads/shared-1of5.jsonl.gz')))
        .toString()
        .trim()
        .split('\n');
      const chosen = lines.filter((line, index) => index % EVERY === 0 && line.length < LONGEST_LINE);
      const { counts } = await importTexts({ app, markdown: forum.markdown }, [chosen.join('\n')], {
        from: 'reddit',
      });
      expect(counts.replies).toBeGreaterThan(200);
      const rows = await db
        .select({
          id: posts.id,
          branchId: posts.branchId,
          html: posts.bodyHtml,
          topicId: topics.id,
          slug: topics.slug,
        })
        .from(posts)
        .innerJoin(topics, eq(topics.id, posts.topicId))
        .where(eq(posts.state, 'visible'))
        .orderBy(asc(posts.id));
      const phrases = rows.flatMap(({ html, ...row }) => {
        // A phrase does not go on in the next paragraph.
        const text = textOf(html).replace(/[^\S\n]+/g, ' ');
        const stretches = (text.match(STRETCH) ?? []).filter(
          (each) => (each.match(LONG_WORD) ?? []).length > 1,
        );
        const phrase = stretches[Math.floor(stretches.length / 2)];
        return phrase === undefined ? [] : [{ ...row, phrase }];
      });
      expect(phrases.length).toBeGreaterThan(PHRASES);
      const browser = as.visitor();
      const lost: string[] = [];
      let first = 0;
      for (let n = 0; n < PHRASES; n += 1) {
        const { id, branchId, topicId, slug, phrase } = phrases[Math.floor((n * phrases.length) / PHRASES)]!;
        const page = await browser.visit(`/search?${new URLSearchParams({ q: `"${phrase}"` }).toString()}`);
        const hrefs = [...page.document.querySelectorAll('.items h2 a')].map((link) =>
          link.getAttribute('href'),
        );
        const href = branchId === null ? `/t/${topicId}/${encodeURIComponent(slug)}` : `/p/${id}`;
        if (!hrefs.includes(href)) lost.push(phrase);
        if (hrefs[0] === href) first += 1;
      }
      expect(lost).toEqual([]);
      expect(first).toBeGreaterThan(PHRASES * 0.95);
    },
  );
});
