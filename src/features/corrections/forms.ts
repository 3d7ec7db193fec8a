// What is typed into the form of suggestions for a topic.
import { checkTitle, cleanTitle } from '../../domain/post-text.ts';
import { checkTags, readTags } from '../../domain/tags.ts';
import { type Form, formBody, formOf, readLine } from '../../web/forms.ts';
import type { WantedCorrection } from './commands/suggest-correction.ts';

export type CorrectionField = 'title' | 'tags';

/** What stands there. */
export interface Present {
  readonly title: string;
  /** As the form shows them. */
  readonly tags: string;
}

export interface CorrectionInput {
  readonly form: Form<CorrectionField>;
  /** What stood there when the page was opened: what was not touched is not meant, though it was changed meanwhile. */
  readonly opened: Present;
  /** Empty when something is wrong. */
  readonly corrections: readonly WantedCorrection[];
  /** What is taken back instead; undefined when nothing is. */
  readonly takesBack: CorrectionField | undefined;
}

export function readCorrectionForm(sent: unknown, present: Present): CorrectionInput {
  const fields = formBody(sent);
  // What others suggested, and this member says too.
  const typed = {
    title: readLine(fields, 'agree-title') || readLine(fields, 'title'),
    tags: readLine(fields, 'agree-tags') || readLine(fields, 'tags'),
  };
  const title = cleanTitle(typed.title);
  const tags = readTags(typed.tags);
  const opened = {
    title: readLine(fields, 'title-was') || present.title,
    tags: readLine(fields, 'tags-was') || present.tags,
  };
  const retitles = ![present, opened].some((known) => known.title === title);
  const retags = ![present, opened].some((known) => slugs(readTags(known.tags)) === slugs(tags));
  const form = formOf(typed, {
    title: !retitles && !retags ? 'Change the title or the tags.' : retitles ? checkTitle(title) : undefined,
    tags: checkTags(tags),
  });
  const takeBack = readLine(fields, 'take-back');
  return {
    form,
    opened,
    corrections: form.hasErrors
      ? []
      : [
          ...(retitles ? [{ kind: 'title' as const, title }] : []),
          ...(retags ? [{ kind: 'tags' as const, tags }] : []),
        ],
    takesBack: takeBack === 'title' || takeBack === 'tags' ? takeBack : undefined,
  };
}

function slugs(tags: ReturnType<typeof readTags>): string {
  return tags
    .map(({ slug }) => slug)
    .sort()
    .join();
}
