// GET /moderation/members/:name: what moderators know of a member. POST …/notes: what they note for each other.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { decodeCursor, encodeCursor } from '../../db/cursor.ts';
import { type ActionId, readId } from '../../domain/ids.ts';
import { PAGES } from '../../domain/limits.ts';
import { maySeeMemberFile } from '../../domain/policy/sanctions.ts';
import { memberOf } from '../../web/guards.ts';
import { pageStart } from '../../web/paging.ts';
import { paths } from '../../web/paths.ts';
import { authorize, notFound } from '../../web/problem.ts';
import { addNote } from './commands/notes.ts';
import { noteForm, type NoteForm, readNoteForm } from './forms.ts';
import { memberPage, type MemberPageFacts, type Tab, TABS } from './pages/member.ts';
import { listFlagsBy, listFlagsOn, listHistory } from './queries/history.ts';
import { loadLadder } from './queries/ladder.ts';
import { listNotes } from './queries/notes.ts';
import { countPosts, listPosts } from './queries/posts.ts';
import { findSubject, type Subject } from './queries/subject.ts';
import { listTraces } from './queries/traces.ts';

interface MemberRequest {
  Params: { name: string };
  Querystring: { show?: unknown; after?: unknown };
}
type Request = FastifyRequest<MemberRequest>;
type Rows = Partial<MemberPageFacts> & Pick<MemberPageFacts, 'next'>;

/** How many flags the overview shows of each side. */
const FLAGS_SHOWN = 20;

export async function memberRoutes(app: FastifyInstance): Promise<void> {
  app.get<MemberRequest>('/moderation/members/:name', async (request, reply) => {
    const tab = TABS.find((each) => each === request.query.show) ?? 'overview';
    return show(request, reply, tab, noteForm());
  });

  app.post<MemberRequest>('/moderation/members/:name/notes', async (request, reply) => {
    const subject = await readSubject(request);
    const { form, note } = readNoteForm(request.body);
    if (note === undefined) return show(request, reply.code(422), 'notes', form);
    const order = { by: memberOf(request), memberId: subject.id, text: note, now: app.clock.now() };
    await app.db.transaction((tx) => addNote(tx, order));
    return reply.redirect(paths.moderationMember(subject.name, { show: 'notes' }), 303);
  });

  async function readSubject(request: Request): Promise<Subject> {
    const { name } = request.params;
    const now = app.clock.now();
    const subject = name.includes('\0') ? undefined : await findSubject(app.db, name, now);
    if (!subject) return notFound('There is no member of this name.');
    authorize(maySeeMemberFile(request.viewer, subject.id, now));
    return subject;
  }

  async function show(
    request: Request,
    reply: FastifyReply,
    tab: Tab,
    form: NoteForm,
  ): Promise<FastifyReply> {
    const subject = await readSubject(request);
    const now = app.clock.now();
    const [counts, ladder, rows] = await Promise.all([
      countPosts(app.db, subject.id),
      loadLadder(app.db, subject.id, now),
      loadRows(request, subject, tab),
    ]);
    return reply.page(
      'sanctions/member',
      memberPage({ subject, counts, ladder, tab, noteForm: form, now, ...rows }),
    );
  }

  async function loadRows(request: Request, { id }: Subject, tab: Tab): Promise<Rows> {
    const { db } = app;
    const { after } = request.query;
    switch (tab) {
      case 'overview': {
        const [traces, flagsOn, flagsBy] = await Promise.all([
          listTraces(db, id),
          listFlagsOn(db, id, FLAGS_SHOWN),
          listFlagsBy(db, request.viewer, id, FLAGS_SHOWN),
        ]);
        return { traces, flagsOn, flagsBy, next: undefined };
      }
      case 'posts': {
        const cursor = pageStart(after, (text) => decodeCursor(text, 'moment'));
        const { rows, next } = await listPosts(db, request.viewer, id, { cursor, limit: PAGES.list });
        return { posts: rows, next: next && encodeCursor(next) };
      }
      case 'actions': {
        const before = pageStart(after, (text) => readId<ActionId>(text));
        const { rows, next } = await listHistory(db, id, { before, limit: PAGES.list });
        return { actions: rows, next: next === undefined ? undefined : String(next) };
      }
      case 'notes':
        return { notes: await listNotes(db, [id]), next: undefined };
    }
  }
}
