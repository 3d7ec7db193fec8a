// What tests read of feeds, as the programs that people follow feeds with do.
import type { Browser, Page } from '../../support/browser.ts';

export interface Item {
  readonly id: string;
  readonly url: string;
  readonly external_url?: string;
  readonly title: string;
  readonly content_html: string;
  readonly date_published: string;
  readonly date_modified: string;
  readonly authors: readonly { readonly name: string; readonly url?: string }[];
  readonly tags?: readonly string[];
}

export interface JsonFeed {
  readonly version: string;
  readonly title: string;
  readonly description?: string;
  readonly home_page_url: string;
  readonly feed_url: string;
  readonly items: readonly Item[];
}

export async function readJson(browser: Browser, path = '/feed.json'): Promise<JsonFeed> {
  return JSON.parse((await browser.get(path)).text) as JsonFeed;
}

/** The addresses of feeds in the main part of a page. */
export function addressesOf(page: Page): string[] {
  return [...page.document.querySelectorAll('main a[href]')]
    .map((link) => link.getAttribute('href') ?? '')
    .filter((href) => /\/feed\.(?:atom|json)$/.test(href));
}

/** What the head of a page leads readers to: addresses with their titles. */
export function discoveredOn(page: Page): (readonly [string, string])[] {
  return [...page.document.querySelectorAll('head link[rel=alternate]')].map((link) => [
    link.getAttribute('href') ?? '',
    link.getAttribute('title') ?? '',
  ]);
}
