// Visitors' pages are kept and sent again: as they were made, with what every answer has, and to nobody else.
import { paths } from '../../../src/web/paths.ts';
import { expect, test } from '../../support/forum.ts';
import { ask, untilKept } from './asking.ts';

test('a page is made once, and sent again byte for byte with the same headers', async ({ app, make }) => {
  const topic = await make.topic();
  for (const path of ['/', paths.topic(topic), '/feed.atom', '/sitemap-pages.xml', '/moderation/log']) {
    const made = await ask(app, path);
    const kept = await untilKept(app, path);
    const compare = ({ status, body, headers }: Awaited<ReturnType<typeof ask>>) => {
      const { date, 'server-timing': timing, 'ratelimit-remaining': left, ...same } = headers;
      void [date, timing, left];
      return { status, body: body.toString('base64'), same };
    };
    expect(compare(kept), path).toEqual(compare(made));
    expect(kept.headers['content-security-policy']).toContain("default-src 'none'");
    expect(kept.headers['ratelimit-limit']).toBe('100000');
  }
});
