// What a page is to flag, as its viewer may see it.
import { eq } from 'drizzle-orm';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Reader } from '../../db/connection.ts';
import { findNamed } from '../../db/names.ts';
import { members } from '../../db/schema/index.ts';
import type { FlagSubject } from '../../domain/flags.ts';
import { type MemberId, type PostId, readId, type SourceId, type TopicId } from '../../domain/ids.ts';
import { nameKey } from '../../domain/member-name.ts';
import type { Flaggable } from '../../domain/policy/flags.ts';
import { notFound } from '../../web/problem.ts';
import {
  findShownPost,
  openStandingTopic,
  type PostShown,
  type TopicDetails,
  type TopicSource,
} from '../threads/index.ts';
import { stateForOthers } from './lock-subject.ts';

export interface FlaggedMember {
  readonly id: MemberId;
  readonly name: string;
  readonly joinedAt: Date;
  readonly about: string;
  readonly affiliation: string;
  readonly pronouns: string;
  readonly link: string;
}

export type SubjectShown =
  | { readonly kind: 'post'; readonly post: PostShown }
  | { readonly kind: 'member'; readonly member: FlaggedMember }
  | { readonly kind: 'source'; readonly topic: TopicDetails; readonly source: TopicSource };

export type FindSubject<Params> = (
  app: FastifyInstance,
  request: FastifyRequest<{ Params: Params }>,
) => Promise<SubjectShown>;

export const findPost: FindSubject<{ readonly id: string }> = async ({ db }, { viewer, params }) => {
  const id = readId<PostId>(params.id) ?? notFound();
  const post = (await findShownPost(db, viewer, id)) ?? notFound('There is no such post.');
  return { kind: 'post', post };
};

/** Also by a name that was given up: whoever is renamed while somebody writes stays who they are. */
export const findMember: FindSubject<{ readonly name: string }> = async ({ db }, { params }) => {
  // PostgreSQL takes no NUL, and no name has one.
  const [named] = params.name.includes('\0') ? [] : await findNamed(db, [nameKey(params.name)]);
  const member = named && (await loadMember(db, named.id));
  return { kind: 'member', member: member ?? notFound('There is no member of this name.') };
};

export const findSource: FindSubject<{ readonly id: string; readonly source: string }> = async (
  { db },
  { viewer, params },
) => {
  const topic = await openStandingTopic(db, viewer, readId<TopicId>(params.id) ?? notFound());
  const id = readId<SourceId>(params.source) ?? notFound();
  const source =
    topic.sources.find((each) => each.id === id) ?? notFound('This source is not there any more.');
  return { kind: 'source', topic, source };
};

async function loadMember(db: Reader, memberId: MemberId): Promise<FlaggedMember | undefined> {
  const { id, name, joinedAt, about, affiliation, pronouns, link } = members;
  const [row] = await db
    .select({ id, name, joinedAt, about, affiliation, pronouns, link })
    .from(members)
    .where(eq(id, memberId));
  return row;
}

export function subjectOf(shown: SubjectShown): FlagSubject {
  switch (shown.kind) {
    case 'post':
      return { postId: shown.post.id };
    case 'member':
      return { memberId: shown.member.id };
    case 'source':
      return { sourceId: shown.source.id };
  }
}

/** What the rules ask of it. */
export function flaggableOf(shown: SubjectShown): Flaggable {
  switch (shown.kind) {
    case 'post': {
      const { authorId, state, topic } = shown.post;
      return { kind: 'post', authorId, state: stateForOthers(state, topic.state) };
    }
    case 'member':
      return { kind: 'member', memberId: shown.member.id };
    case 'source': {
      const { topic, source } = shown;
      return { kind: 'source', addedById: source.addedById, removed: false, topicState: topic.state };
    }
  }
}
