// GET /complete: for composers, while "@na" or a tag is typed. Asked by the script alone; without it, names and tags are
// typed to their end.
import type { FastifyInstance } from 'fastify';
import { readId, type TopicId } from '../../domain/ids.ts';
import { tagSlug } from '../../domain/tags.ts';
import { formBody, readLine } from '../../web/forms.ts';
import { memberOf } from '../../web/guards.ts';
import { paths } from '../../web/paths.ts';
import { listTags } from '../tags/index.ts';
import { listNames } from './queries.ts';

/** What is taken into the text, and what tells it from the others. */
interface Offer {
  readonly value: string;
  readonly note: string;
}

/** Longer than any tag. */
const LONGEST = 60;

/** As many as are taken in at a glance. */
const OFFERS = 6;

export async function completeRoutes(app: FastifyInstance): Promise<void> {
  app.get(paths.complete(), async (request): Promise<{ readonly offers: readonly Offer[] }> => {
    const fields = formBody(request.query);
    const tag = readLine(fields, 'tag').slice(0, LONGEST);
    if (tag !== '') return { offers: await offerTags(tag) };
    const topicId = readId<TopicId>(fields.topic);
    const letters = readLine(fields, 'name');
    if (!/^[A-Za-z0-9_-]{0,25}$/.test(letters)) return { offers: [] };
    const names = await listNames(app.db, memberOf(request), { letters, topicId, most: OFFERS });
    return {
      offers: names.map(({ name, here }) => ({ value: name, note: here ? 'in this topic' : '' })),
    };
  });

  /** The most used first: whoever types "open" rarely means the rarest. */
  async function offerTags(typed: string): Promise<Offer[]> {
    const begins = tagSlug(typed);
    if (begins === '') return [];
    const { rows } = await listTags(app.db, { kind: undefined, begins, after: undefined });
    return rows
      .toSorted((a, b) => b.topics - a.topics)
      .slice(0, OFFERS)
      .map(({ slug, name }) => ({ value: slug, note: name.toLowerCase() === slug ? '' : name }));
  }
}
