// Members who are logged in, as the forum's own sessions have it: a row, and a cookie that is signed with the secret.
import { createHmac } from 'node:crypto';
import type { MemberId } from '../../../src/domain/ids.ts';
import { SESSION_SECONDS, sessionCookie, sessionHash } from '../../../src/web/session-store.ts';
import { SECRET, type Store } from './forum.ts';

/** Logs members in anew. @returns their cookies, in the order of the ids */
export async function logIn({ pool }: Store, ids: readonly MemberId[]): Promise<string[]> {
  const now = new Date();
  const expires = new Date(now.getTime() + SESSION_SECONDS * 1_000);
  const sessions = ids.map((id) => ({ id, session: `bench-${id}` }));
  await pool.query(
    `insert into sessions (id_hash, member_id, data, created_at, last_seen_at, expires_at)
    select hash, id, json_build_object('memberId', id, 'provedAt', $3::text), $4, $4, $5
    from unnest($1::text[], $2::bigint[]) as given (hash, id)
    on conflict (id_hash) do update set last_seen_at = excluded.last_seen_at, expires_at = excluded.expires_at`,
    [sessions.map(({ session }) => sessionHash(session)), ids, now.toISOString(), now, expires],
  );
  const { name } = sessionCookie('http://localhost');
  return sessions.map(({ session }) => `${name}=${encodeURIComponent(signed(session))}`);
}

/** As @fastify/cookie signs. */
function signed(value: string): string {
  const digest = createHmac('sha256', SECRET).update(value).digest('base64').replace(/=/g, '');
  return `${value}.${digest}`;
}
