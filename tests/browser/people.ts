// The people of a describe block: each has a browser of their own, which is closed after the test.
import type { BrowserContext, Page } from 'playwright-core';
import { afterEach, expect } from 'vitest';
import { openContext, openPage } from './chromium.ts';

/** How browsers are: what people do is tried in each, to the same end. */
export const WAYS = [
  ['with scripts', true],
  ['without scripts', false],
] as const;

/** To be called in a describe. @returns what opens somebody's browser; a fault on any of their pages fails the test */
export function people(javaScriptEnabled: boolean): () => Promise<Page> {
  const contexts: BrowserContext[] = [];
  const faults: string[][] = [];
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
    expect(faults.splice(0).flat()).toEqual([]);
  });
  return async () => {
    const context = await openContext({ javaScriptEnabled });
    contexts.push(context);
    const opened = await openPage(context);
    faults.push(opened.faults);
    return opened.page;
  };
}
