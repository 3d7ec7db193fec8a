// GET /images/:hash.webp: pictures of articles, small and ours, while something that everybody can see shows them.
import { and, eq, exists, gte, inArray, ne, notExists, or, sql } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import type { Reader } from '../../db/connection.ts';
import { images, pageReadings, sources, topics } from '../../db/schema/index.ts';
import { listedTopics } from '../../db/visibility.ts';
import { READINGS } from '../../domain/limits.ts';
import { notFound } from '../../web/problem.ts';

/**
 * The bytes behind a name never change, so a year would do; but hidden means gone (DESIGN section 7), and this is how
 * long a picture outlives its topic in browsers and caches on the way. After it, an ETag is all that is sent.
 */
const ONE_HOUR = 'public, max-age=3600';

export async function imageRoutes(app: FastifyInstance): Promise<void> {
  app.get<{ Params: { file: string } }>('/images/:file', async (request, reply) => {
    const hash = /^([0-9a-f]{64})\.webp$/.exec(request.params.file)?.[1] ?? notFound();
    const bytes = await findImage(app.db, hash, app.clock.now());
    return reply
      .header('cache-control', ONE_HOUR)
      .type('image/webp')
      .send(bytes ?? notFound());
  });
}

async function findImage(db: Reader, hash: string, now: Date): Promise<Buffer | undefined> {
  const inTopic = db
    .select({ one: sql`1` })
    .from(sources)
    .innerJoin(topics, eq(topics.id, sources.topicId))
    .where(and(eq(sources.imageId, images.id), ne(sources.state, 'removed'), listedTopics()));
  // On the card of a form: the topic is still to be posted.
  const onForm = db
    .select({ one: sql`1` })
    .from(pageReadings)
    .where(
      and(
        eq(pageReadings.imageId, images.id),
        gte(pageReadings.askedAt, new Date(now.getTime() - READINGS.pictureOfForm)),
      ),
    );
  // The form that the topic was posted by asked for it, too: what was taken away is not shown for that.
  const takenAway = db
    .select({ one: sql`1` })
    .from(sources)
    .innerJoin(topics, eq(topics.id, sources.topicId))
    .where(
      and(
        eq(sources.imageId, images.id),
        or(eq(sources.state, 'removed'), inArray(topics.state, ['hidden', 'withdrawn'])),
      ),
    );
  const [image] = await db
    .select({ bytes: images.bytes })
    .from(images)
    .where(and(eq(images.hash, hash), or(exists(inTopic), and(exists(onForm), notExists(takenAway)))));
  return image?.bytes;
}
