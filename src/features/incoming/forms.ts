// What the form of a new feed sends.
import { countCharacters } from '../../domain/check.ts';
import { NEWS } from '../../domain/limits.ts';
import { cleanTitle } from '../../domain/post-text.ts';
import { urlKey, type UrlKey } from '../../domain/url-key.ts';
import { type Form, formBody, formOf, readLine } from '../../web/forms.ts';

export type FeedForm = Form<'url' | 'title'>;

export interface FeedInput {
  readonly form: FeedForm;
  /** Undefined when something is wrong. */
  readonly values: { readonly address: UrlKey; readonly title: string } | undefined;
}

export function readFeedForm(body: unknown): FeedInput {
  const sent = formBody(body);
  const typed = { url: readLine(sent, 'url'), title: readLine(sent, 'title') };
  const address = urlKey(typed.url);
  const title = cleanTitle(typed.title);
  const tooMany = countCharacters(title) - NEWS.feedTitle;
  const form = formOf(typed, {
    url: address.ok ? undefined : address.reason,
    title:
      tooMany > 0
        ? `The name is too long by ${tooMany}: it may have ${NEWS.feedTitle} characters.`
        : undefined,
  });
  return { form, values: address.ok && !form.hasErrors ? { address, title } : undefined };
}
