// Members who are new, on a forum that limits new members.
import type { FastifyInstance } from 'fastify';
import { settings } from '../../../src/db/schema/index.ts';
import type { Make, MemberRow } from '../../support/make.ts';

/** Whether new members are limited, whatever the number of members. */
export async function limitNewMembers(app: FastifyInstance, newMemberLimits: 'on' | 'off'): Promise<void> {
  await app.db.update(settings).set({ values: { ...app.site.current().settings, newMemberLimits } });
  await app.site.refresh();
}

/** Puts the limits of new members in force, and makes one. */
export async function makeNewcomer(make: Make, app: FastifyInstance): Promise<MemberRow> {
  await limitNewMembers(app, 'on');
  return make.member({ joinedAt: app.clock.now(), topicsRead: 0, repliesKept: 0 });
}
