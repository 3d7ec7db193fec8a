import { expect, test } from '../../support/forum.ts';
import { installDemonstration } from '../../../src/features/demonstration/index.ts';
import { queryTally } from '../../../src/db/connection.ts';

test('time', async ({ forum, db }) => {
  let render = 0;
  const markdown = { ...forum.markdown,
    async mentions(m: string) { const t = performance.now(); const r = await forum.markdown.mentions(m); render += performance.now() - t; return r; },
    async render(m: string, o: never) { const t = performance.now(); const r = await forum.markdown.render(m, o); render += performance.now() - t; return r; } };
  const services = { ...forum, markdown, db, config: forum.app.config };
  const t = performance.now();
  const tally = { queries: 0 };
  const c = process.cpuUsage();
  await queryTally.run(tally, () => installDemonstration(services));
  const t2 = performance.now();
  expect([t2 - t, render, tally, process.cpuUsage(c)]).toBe(1);
}, 60000);
