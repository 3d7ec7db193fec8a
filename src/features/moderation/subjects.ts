// The post or topic that the address of a decision names, as the moderator may see it.
import type { FastifyRequest } from 'fastify';
import { type PostId, readId, type TopicId } from '../../domain/ids.ts';
import { paths } from '../../web/paths.ts';
import { notFound, Problem } from '../../web/problem.ts';
import { findShownPost, findShownTopic, type PostShown, type TopicShown } from '../threads/index.ts';

export interface IdRequest {
  Params: { id: string };
}

/** @throws Problem not-found. */
export async function readPost({
  params,
  viewer,
  server,
}: Pick<FastifyRequest<IdRequest>, 'params' | 'viewer' | 'server'>): Promise<PostShown> {
  const id = readId<PostId>(params.id) ?? notFound();
  return (await findShownPost(server.db, viewer, id)) ?? notFound('There is no such post.');
}

/** @throws Problem not-found, or conflict when the topic leads to another one. */
export async function readTopic({
  params,
  viewer,
  server,
}: Pick<FastifyRequest<IdRequest>, 'params' | 'viewer' | 'server'>): Promise<TopicShown> {
  const id = readId<TopicId>(params.id) ?? notFound();
  const topic = (await findShownTopic(server.db, viewer, id)) ?? notFound('There is no such topic.');
  if (topic.mergedIntoId === null) return topic;
  const link = { href: paths.topicById(topic.mergedIntoId), text: 'The topic it leads to' };
  throw new Problem('conflict', 'This topic was merged into another one.', { link });
}
