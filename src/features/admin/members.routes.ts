// GET /admin/members, POST /admin/members/:id/role.
import type { FastifyInstance, FastifyReply } from 'fastify';
import { decodeCursor, encodeCursor } from '../../db/cursor.ts';
import { type MemberId, readId } from '../../domain/ids.ts';
import { PAGES } from '../../domain/limits.ts';
import { formBody, readLine } from '../../web/forms.ts';
import { memberOf } from '../../web/guards.ts';
import { paths } from '../../web/paths.ts';
import { pageStart } from '../../web/paging.ts';
import { notFound } from '../../web/problem.ts';
import { changeRole } from './commands/roles.ts';
import { readRoleForm } from './forms.ts';
import { membersPage, type MembersFacts } from './pages.ts';
import { countAdmins, findMember, listMembersNamed, listStaff, type MemberRow } from './queries.ts';

/** Members shown for one name: whoever looks for one types more of it. */
const MOST_FOUND = 10;

type Found = Pick<MembersFacts, 'wanted' | 'found' | 'foundMore'>;

export async function membersRoutes(app: FastifyInstance): Promise<void> {
  app.get('/members', async (request, reply) => {
    const query = formBody(request.query);
    const wanted = readLine(query, 'name');
    const found = wanted === '' ? [] : await listMembersNamed(app.db, wanted, MOST_FOUND + 1);
    const result = { wanted, found: found.slice(0, MOST_FOUND), foundMore: found.length > MOST_FOUND };
    const staff = await staffAfter(query.after);
    return show(reply, { ...result, ...staff, viewer: memberOf(request), saved: query.saved !== undefined });
  });

  app.post<{ Params: { id: string } }>('/members/:id/role', async (request, reply) => {
    const id = readId<MemberId>(request.params.id) ?? notFound();
    const admin = memberOf(request);
    const { form, values } = readRoleForm(request.body);
    const member = (await findMember(app.db, id)) ?? notFound('There is no such member.');
    if (!values) {
      const found: Found = { wanted: member.name, found: [member], foundMore: false };
      const staff = await staffAfter(undefined);
      return show(reply.code(422), { ...found, ...staff, viewer: admin, sent: { id, form } });
    }
    const gift = { admin, memberId: id, now: app.clock.now(), ...values };
    await app.db.transaction((tx) => changeRole(tx, gift));
    return reply.redirect(paths.adminMembers({ name: member.name, saved: 1 }), 303);
  });

  async function staffAfter(after: unknown): Promise<Pick<MembersFacts, 'staff' | 'nextHref'>> {
    const cursor = pageStart(after, (text) => decodeCursor(text, 'moment'));
    const rows = await listStaff(app.db, cursor, PAGES.list + 1);
    const staff = rows.slice(0, PAGES.list);
    return { staff, nextHref: rows.length > PAGES.list ? hrefAfter(staff.at(-1)) : '' };
  }

  async function show(
    reply: FastifyReply,
    facts: Omit<MembersFacts, 'admins' | 'now'>,
  ): Promise<FastifyReply> {
    const admins = await countAdmins(app.db);
    return reply.page('admin/members', membersPage({ ...facts, admins, now: app.clock.now() }));
  }
}

function hrefAfter(last: MemberRow | undefined): string {
  if (!last) return '';
  return paths.adminMembers({ after: encodeCursor({ key: last.joinedAt.toISOString(), id: last.id }) });
}
