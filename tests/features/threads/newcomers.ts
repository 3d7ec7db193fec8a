// A forum on which the limits of new members are in force, and members who are new.
import type { FastifyInstance } from 'fastify';
import { settings } from '../../../src/db/schema/index.ts';
import type { Make, MemberRow } from '../../support/make.ts';

export async function limitNewMembers(app: FastifyInstance): Promise<void> {
  await app.db.update(settings).set({ values: { ...app.site.current().settings, newMemberLimits: 'on' } });
  await app.site.refresh();
}

export function makeNewcomer(make: Make, app: FastifyInstance): Promise<MemberRow> {
  return make.member({ joinedAt: app.clock.now(), topicsRead: 0, repliesKept: 0 });
}
