// GET /u/:name: a member with what they wrote.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { decodeCursor, encodeCursor } from '../../db/cursor.ts';
import { findNamed } from '../../db/names.ts';
import type { MemberId } from '../../domain/ids.ts';
import { nameKey } from '../../domain/member-name.ts';
import { areNewMemberLimitsInForce } from '../../domain/policy/trust.ts';
import { isSelf } from '../../domain/viewer.ts';
import { paths } from '../../web/paths.ts';
import { pageStart } from '../../web/paging.ts';
import { queryOf } from '../../web/query-of.ts';
import { notFound } from '../../web/problem.ts';
import { readingOf } from '../../web/viewer.ts';
import { CURSOR_KIND, decodePlace, encodePlace, listTopicsOfMember } from '../threads/index.ts';
import { profilePage, type Shown, SORTS, TABS } from './pages.ts';
import { findMember, listRepliesOfMember } from './queries.ts';
import { listOwnSanctions } from './sanctions.ts';

/** How much of each the first look shows. */
const RECENT = { topics: 5, replies: 10 } as const;

const NO_ROWS = { rows: [], next: undefined } as const;

export async function profileRoutes(app: FastifyInstance): Promise<void> {
  app.get<{ Params: { name: string }; Querystring: { show?: unknown; sort?: unknown; after?: unknown } }>(
    '/u/:name',
    async (request, reply) => {
      const { viewer, params, query, url } = request;
      // PostgreSQL takes no NUL, and no name has one.
      const wanted = params.name.includes('\0') ? '' : params.name;
      const member = await findMember(request.reader, viewer, wanted);
      if (member?.name !== params.name) {
        const name = member?.name ?? (await findPresentName(wanted));
        // A former name may be taken back: a browser that kept the redirection would then go in circles.
        reply.header('cache-control', 'no-cache');
        return reply.redirect(paths.member(name) + queryOf(url), 301);
      }
      const tab = TABS.find((each) => each === query.show) ?? 'recent';
      const sort = SORTS.find((each) => each === query.sort) ?? 'new';
      const after = tab === 'recent' ? undefined : query.after;
      const [{ topics, replies, next }, sanctions] = await Promise.all([
        loadLists(request, member.id, { tab, sort }, after),
        isSelf(viewer, member.id) ? listOwnSanctions(request.reader, member.id) : [],
      ]);
      const { settings, memberCount } = app.site.current();
      return reply.page(
        'profiles/show',
        profilePage({
          viewer,
          member,
          ...{ tab, sort, topics, replies, next },
          first: after === undefined,
          sanctions,
          limitsInForce: areNewMemberLimitsInForce(settings.newMemberLimits, memberCount),
          siteUrl: app.config.siteUrl,
          now: app.clock.now(),
        }),
      );
    },
  );

  /** The name that a member goes by now who went by this one before. */
  async function findPresentName(name: string): Promise<string> {
    const [named] = await findNamed(app.db, [nameKey(name)]);
    return named?.name ?? notFound('There is no member of this name.');
  }

  async function loadLists(request: FastifyRequest, id: MemberId, { tab, sort }: Shown, after: unknown) {
    const { viewer } = request;
    const { pageSize } = readingOf(request);
    const recent = tab === 'recent';
    const place = pageStart(tab === 'topics' ? after : undefined, (text) =>
      decodePlace(text, CURSOR_KIND[sort]),
    );
    const cursor = pageStart(tab === 'replies' ? after : undefined, (text) => decodeCursor(text, 'moment'));
    const wanted = { authorId: id, list: sort, limit: recent ? RECENT.topics : pageSize };
    const limit = recent ? RECENT.replies : pageSize;
    const [topics, replies] = await Promise.all([
      // Their later pages go by a snapshot (decision 019), which only the primary takes.
      tab === 'replies' ? NO_ROWS : listTopicsOfMember(app.db, viewer, wanted, place),
      tab === 'topics' ? NO_ROWS : listRepliesOfMember(request.reader, viewer, id, cursor, limit),
    ]);
    const next =
      tab === 'topics' ? topics.next && encodePlace(topics.next) : replies.next && encodeCursor(replies.next);
    return { topics: topics.rows, replies: replies.rows, next: recent ? undefined : next };
  }
}
