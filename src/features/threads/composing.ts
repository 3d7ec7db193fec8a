// What the routes of all composers share.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { areNewMemberLimitsInForce, isLimitedAsNew } from '../../domain/policy/trust.ts';
import type { Member } from '../../domain/viewer.ts';
import type { SafeHtml } from '../../lib/html.ts';
import { memberOf, requireMember, wantsJson } from '../../web/guards.ts';
import { paths } from '../../web/paths.ts';
import { type BodyContext, renderPost } from './rendering.ts';

/** A digest of 100,000 characters, most of them three bytes percent-encoded, and the fields beside it. */
export const DIGEST_BODY_LIMIT = 1_300_000;

/**
 * The guard of composers. What somebody sends whose session has ended meanwhile goes on to the handler, which must answer
 * with the form as it was typed (signInFor says how to go on) and do nothing else.
 */
export async function requireMemberExceptToSend(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (request.method === 'POST' && !wantsJson(request)) return;
  await requireMember(request, reply);
}

/** Where a visitor who sent a composer's form logs in, and comes back to a composer of the same; undefined for members. */
export function signInFor({ viewer, url }: FastifyRequest): string | undefined {
  return viewer.kind === 'visitor' ? paths.signIn(url) : undefined;
}

/** Who writes, when, and whether new members are limited on this forum: what every command of a composer takes. */
export function writerOf(request: FastifyRequest): Writer {
  const { site, clock } = request.server;
  const { settings, memberCount } = site.current();
  const limitsInForce = areNewMemberLimitsInForce(settings.newMemberLimits, memberCount);
  return { viewer: memberOf(request), limitsInForce, now: clock.now() };
}

/** Whether the first posts with a link of whoever asks wait for a moderator. */
export function doFirstLinksWait({ viewer, server }: FastifyRequest): boolean {
  const { settings, memberCount } = server.site.current();
  const inForce = areNewMemberLimitsInForce(settings.newMemberLimits, memberCount);
  return viewer.kind === 'member' && isLimitedAsNew(viewer, inForce);
}

interface Writer {
  readonly viewer: Member;
  readonly limitsInForce: boolean;
  readonly now: Date;
}

/** What a press of Preview shows: the text as it would stand on the page, or why it cannot. */
export async function preview(
  app: FastifyInstance,
  markdown: string,
  context: BodyContext,
): Promise<{ readonly previewHtml: SafeHtml | ''; readonly fault: string | undefined }> {
  const written = await renderPost(app, markdown, context);
  return written.ok
    ? { previewHtml: written.body.html, fault: undefined }
    : { previewHtml: '', fault: written.reason };
}
