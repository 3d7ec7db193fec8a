// GET /admin/members and POST /admin/members/:id/role: who works here, and giving a member a role.
import type { MemberId } from '../../../domain/ids.ts';
import { LENGTHS } from '../../../domain/limits.ts';
import { mayChangeRole } from '../../../domain/policy/administration.ts';
import type { Member, Role } from '../../../domain/viewer.ts';
import { isSelf } from '../../../domain/viewer.ts';
import { momentView, type MomentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import type { Field } from '../../../web/forms.ts';
import { type RoleForm, ROLES } from '../forms.ts';
import type { MemberRow } from '../queries.ts';
import { adminTabs, type Choice, choices, type Tab } from './frame.ts';

export interface MemberView {
  readonly id: MemberId;
  readonly name: string;
  readonly href: string;
  readonly role: string;
  readonly staff: boolean;
  readonly you: boolean;
  readonly joined: MomentView;
  /** The roles the viewer may give; empty when there is none. */
  readonly roles: readonly Choice[];
  readonly roleField: Field;
  readonly reason: Field;
  readonly open: boolean;
  readonly formHref: string;
  /** The form has fields that every other member's form has too. */
  readonly ids: Readonly<Record<keyof RoleForm['fields'], string>>;
}

export interface MembersPage {
  readonly head: Head;
  readonly tabs: readonly Tab[];
  /** What was looked for; '' when nothing was. */
  readonly wanted: string;
  readonly found: readonly MemberView[];
  /** There are more members of that name than are shown. */
  readonly foundMore: boolean;
  readonly staff: readonly MemberView[];
  readonly findHref: string;
  /** '' on the last page. */
  readonly nextHref: string;
  readonly problems: Pick<RoleForm, 'errors' | 'hasErrors'>;
  readonly saved: boolean;
  readonly logHref: string;
  readonly longestReason: number;
}

declare module '../../../web/views.ts' {
  interface Views {
    'admin/members': MembersPage;
  }
}

export interface MembersFacts {
  readonly viewer: Member;
  readonly wanted: string;
  readonly found: readonly MemberRow[];
  readonly foundMore: boolean;
  readonly staff: readonly MemberRow[];
  readonly nextHref: string;
  readonly admins: number;
  /** The form for one member as it was sent. */
  readonly sent?: { readonly id: MemberId; readonly form: RoleForm };
  readonly saved?: boolean;
  readonly now: Date;
}

const ROLE_LABELS: Readonly<Record<Role, string>> = {
  member: 'Member',
  moderator: 'Moderator',
  admin: 'Admin',
};

export function membersPage(facts: MembersFacts): MembersPage {
  const { wanted, found, foundMore, staff, nextHref, sent, saved = false } = facts;
  const errors = sent?.form.errors.map(({ field, error }) => ({ field: `${field}-${sent.id}`, error })) ?? [];
  return {
    head: { title: 'Members', noindex: true },
    tabs: adminTabs('Members'),
    wanted,
    found: found.map((row) => memberView(row, facts)),
    foundMore,
    // Each member stands on the page once, since each has a form with ids of its own.
    staff: staff.filter(({ id }) => !found.some((row) => row.id === id)).map((row) => memberView(row, facts)),
    findHref: paths.adminMembers(),
    nextHref,
    problems: { errors, hasErrors: errors.length > 0 },
    saved,
    logHref: paths.moderationLog(),
    longestReason: LENGTHS.actionReason,
  };
}

function memberView(row: MemberRow, { viewer, admins, sent, now }: MembersFacts): MemberView {
  const { id, name, role, joinedAt } = row;
  const options = ROLES.filter(
    (to) => mayChangeRole(viewer, { memberId: id, from: role, to, admins }, now).allowed,
  );
  const fields = sent?.id === id ? sent.form.fields : undefined;
  return {
    id,
    name,
    href: paths.member(name),
    role: ROLE_LABELS[role],
    staff: role !== 'member',
    you: isSelf(viewer, id),
    joined: momentView(joinedAt),
    roles: choices(
      options.map((option) => ({ value: option, label: ROLE_LABELS[option] })),
      fields?.role.value ?? '',
    ),
    roleField: fields?.role ?? { value: '', error: '' },
    reason: fields?.reason ?? { value: '', error: '' },
    open: fields !== undefined,
    formHref: paths.adminRole(id),
    ids: { role: `role-${id}`, reason: `reason-${id}` },
  };
}
