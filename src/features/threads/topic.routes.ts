// GET /t/:id/:slug, the page of a topic, and GET /p/:id, the permalink of a post.
import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { decodeCursor, encodeCursor } from '../../db/cursor.ts';
import { type PostId, readId, type TopicId } from '../../domain/ids.ts';
import { shownBy } from '../../domain/reading.ts';
import { REPLY_SORTS, type ReplySort } from '../../domain/thread.ts';
import { paths } from '../../web/paths.ts';
import { pageStart } from '../../web/paging.ts';
import { notFound } from '../../web/problem.ts';
import { queryOf } from '../../web/query-of.ts';
import { readingOf } from '../../web/viewer.ts';
import { noteVisit, type Visit } from './commands/note-visit.ts';
import { openTopic } from './open-topic.ts';
import { topicPage } from './pages/topic.ts';
import { listRelatedTopics } from './queries/related.ts';
import { findPlace, loadBranch, loadReplies } from './queries/replies.ts';

interface TopicQuery {
  readonly sort?: unknown;
  readonly after?: unknown;
  readonly branch?: unknown;
  readonly since?: unknown;
  readonly fold?: unknown;
}
interface TopicRequest {
  Params: { id: string; slug?: string };
  Querystring: TopicQuery;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** What the member was shown of a topic by this request; written down after the answer. */
    shown: Omit<Visit, 'memberId'> | undefined;
  }
}

export async function topicRoutes(app: FastifyInstance): Promise<void> {
  app.decorateRequest('shown');
  app.addHook('onResponse', async ({ viewer, shown, log }) => {
    if (!shown || viewer.kind !== 'member') return;
    try {
      await noteVisit(app.db, { memberId: viewer.id, ...shown });
    } catch (error) {
      log.warn({ err: error }, 'could not note a visit');
    }
  });

  app.get<TopicRequest>('/t/:id/:slug?', async (request, reply) => {
    const { viewer, query } = request;
    const id = readId<TopicId>(request.params.id) ?? notFound();
    request.aboutTopic = id;
    const topic = await openTopic(request.reader, viewer, id);
    if (topic.mergedIntoId !== null)
      return reply.redirect(paths.topicById(topic.mergedIntoId) + queryOf(request.url), 302);
    const { replySort: preferred } = readingOf(request);
    const address = {
      sort: readSort(query.sort) ?? preferred,
      branch: readOptionalId(query.branch),
      since: readOptionalId(query.since),
      folds: query.fold === 'read',
    };
    if (request.params.slug !== topic.slug) {
      return reply.redirect(paths.topic(topic) + queryOf(request.url), 301);
    }
    const now = app.clock.now();
    const cursor = pageStart(query.after, (text) => decodeCursor(text, 'number'));
    const [page, related] = await Promise.all([
      address.branch === undefined
        ? loadReplies(request.reader, viewer, topic, { sort: address.sort, cursor })
        : loadBranch(request.reader, viewer, id, address.branch, cursor),
      listRelatedTopics(request.reader, viewer, topic),
    ]);
    if (address.branch !== undefined && page.rows.length === 0)
      notFound('There is no such branch in this topic.');
    if (isShown(request)) {
      request.shown = {
        topicId: id,
        at: now,
        shown: shownBy({
          openingPostId: topic.openingPostId,
          ...page,
          branchAfter: address.branch === undefined ? undefined : (cursor?.id ?? 0),
          only: cursor === undefined && page.next === undefined,
        }),
        postIds: [topic.openingPostId, ...page.rows.map((row) => row.id)],
      };
    }
    return reply.page(
      'topics/show',
      topicPage({
        viewer,
        topic,
        page,
        related,
        ...address,
        preferred,
        now,
        siteUrl: app.config.siteUrl,
        after: cursor && encodeCursor(cursor),
        next: page.next && encodeCursor(page.next),
        formId: randomUUID(),
        foldsModelWritten: readingOf(request).hidesModelWritten,
        keepsPlace: request.signedIn?.remembersReading ?? true,
      }),
    );
  });

  app.get<{ Params: { id: string } }>('/p/:id', async (request, reply) => {
    const id = readId<PostId>(request.params.id) ?? notFound();
    const place = (await findPlace(request.reader, request.viewer, id)) ?? notFound('There is no such post.');
    const { branchId, pageAfter } = place;
    if (!place.openable) return reply.redirect(paths.topicById(place.topicId), 302);
    const topic = { id: place.topicId, slug: place.topicSlug };
    if (place.merged) return reply.redirect(`${paths.topic(topic)}#${paths.postAnchor(id)}`, 302);
    if (branchId === null) return reply.redirect(paths.topic(topic), 302);
    const query = place.whole
      ? {}
      : { branch: branchId, after: pageAfter === null ? undefined : encodeCursor({ key: 0, id: pageAfter }) };
    return reply.redirect(`${paths.topic(topic, query)}#${paths.postAnchor(id)}`, 302);
  });
}

/** Whether a member is looking who wants it noted: not at a HEAD, and browsers that fetch a page ahead of time say so. */
function isShown(request: FastifyRequest): boolean {
  if (request.signedIn?.remembersReading !== true || request.method !== 'GET') return false;
  const purpose = request.headers['sec-purpose'] ?? request.headers.purpose;
  return !String(purpose ?? '').includes('prefetch');
}

function readSort(sort: unknown): ReplySort | undefined {
  return REPLY_SORTS.find((name) => name === sort);
}

function readOptionalId(text: unknown): PostId | undefined {
  return text === undefined
    ? undefined
    : (readId<PostId>(text) ?? notFound('The address of this page was cut off or changed.'));
}
