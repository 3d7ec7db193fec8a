// Three thousand members in thirty zones, over the days on which Europe puts its clocks forward: the jobs run every quarter
// of an hour, by two workers, and one of them is killed again and again. Each member gets each mail once, at their hour.
import { sql } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import { mailings, members, notifications } from '../../../src/db/schema/index.ts';
import type { MemberId } from '../../../src/domain/ids.ts';
import type { Mailing } from '../../../src/domain/notices.ts';
import { HOUR, MINUTE } from '../../../src/domain/times.ts';
import { closeWeek, mailNotices, mailWeeks } from '../../../src/features/weekly/jobs.ts';
import { expect, test } from '../../support/forum.ts';
import { killedAfter } from './killed.ts';

const ZONES = [
  ...[
    'UTC',
    'Europe/Vienna',
    'Europe/London',
    'Europe/Lisbon',
    'Europe/Kiev',
    'Atlantic/Azores',
    'Europe/Istanbul',
  ],
  ...['America/New_York', 'America/Los_Angeles', 'America/Sao_Paulo', 'America/St_Johns', 'America/Havana'],
  ...[
    'America/Phoenix',
    'America/Caracas',
    'America/Godthab',
    'Africa/Cairo',
    'Africa/Lagos',
    'Africa/Casablanca',
  ],
  ...[
    'Asia/Katmandu',
    'Asia/Calcutta',
    'Asia/Tokyo',
    'Asia/Tehran',
    'Asia/Jerusalem',
    'Asia/Beirut',
    'Asia/Yangon',
  ],
  ...['Australia/Lord_Howe', 'Australia/Eucla', 'Pacific/Chatham', 'Pacific/Kiritimati', 'Pacific/Pago_Pago'],
];
/** Those that change at night, and some of the day. */
const HOURS = [0, 1, 2, 3, 8, 14, 20, 23];
const COUNT = 3_000;
/** Who is told something besides: one of each zone and hour. */
const isTold = ({ name }: { readonly name: string }) => Number(name.slice(1)) < 30 * HOURS.length;
const FROM = new Date('2026-03-28T21:00:00Z');
const UNTIL = new Date('2026-03-30T06:00:00Z');
/** Saturday to Tuesday somewhere. */
const DAYS = ['2026-03-28', '2026-03-29', '2026-03-30', '2026-03-31'];

type Choices = Pick<typeof members.$inferSelect, 'timeZone' | 'mailHour' | 'mailDay'>;

async function makeMembers(db: Database) {
  const joinedAt = new Date('2026-01-01T00:00:00Z');
  return db
    .insert(members)
    .values(
      Array.from({ length: COUNT }, (_, n) => ({
        ...{ name: `m${n}`, nameKey: `m${n}`, nameSkeleton: `m${n}`, joinedAt, confirmedAt: joinedAt },
        ...{ email: `m${n}@example.org`, emailKey: `m${n}@example.org`, weekByMailSince: joinedAt },
        ...{
          timeZone: ZONES[n % 30] ?? '',
          mailHour: HOURS[Math.floor(n / 30) % HOURS.length] ?? 0,
          mailDay: n % 4 === 0 ? 1 : 7,
        },
      })),
    )
    .returning();
}

/** Something to tell once a day, before each of the hours in question, and once a week. */
async function tell(db: Database, ids: readonly MemberId[], posts: readonly { id: never; topicId: never }[]) {
  const rows = posts.flatMap((post, n) =>
    ids.map((memberId) => ({
      ...{ memberId, kind: 'topic' as const, topicId: post.topicId, postId: post.id, at: FROM },
      mail: n === 0 ? ('weekly' as const) : ('daily' as const),
    })),
  );
  for (let from = 0; from < rows.length; from += 5_000)
    await db.insert(notifications).values(rows.slice(from, from + 5_000));
}

/** The first minute of a day at which the clock there shows the hour, found by looking at every one. */
function hourOf(day: string, { timeZone, mailHour }: Choices): number {
  const clock = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone });
  for (let at = Date.parse(day) - 16 * HOUR; at < Date.parse(day) + 48 * HOUR; at += 15 * MINUTE)
    if (clock.format(at) >= `${day} ${String(mailHour).padStart(2, '0')}:00`) return at;
  throw new Error(`${day} does not come in ${timeZone}`);
}

function expected(all: readonly (Choices & { readonly id: MemberId; readonly told: boolean })[]): string[] {
  const hours = new Map<string, number>();
  const lines: string[] = [];
  for (const member of all) {
    const add = (kind: Mailing, day: string, at: number, noted = day) => {
      if (at >= FROM.getTime() && at < UNTIL.getTime()) lines.push([member.id, kind, noted, at].join(' '));
    };
    let told = false;
    for (const day of DAYS) {
      const key = `${day} ${member.timeZone} ${member.mailHour}`;
      const at = hours.get(key) ?? hourOf(day, member);
      hours.set(key, at);
      // One piece of news a day at most is told here: the first mail takes all there is.
      if (member.told && !told && at > FROM.getTime()) {
        add('daily', day, at);
        told = true;
      }
      if ((new Date(day).getUTCDay() || 7) !== member.mailDay) continue;
      if (member.told && at > FROM.getTime()) add('weekly', day, at);
      const week = at >= Date.parse('2026-03-30') ? '2026-03-23' : '2026-03-16';
      // Whose hour came before the workers began, and whose day was not over then.
      const late = at < FROM.getTime() && hourOf(day, { ...member, mailHour: 23 }) + HOUR > FROM.getTime();
      add('week', day, late ? FROM.getTime() : at, week);
    }
  }
  return lines.sort();
}

test('each of 3,000 members gets each mail once, at the right hour of their day', async ({
  db,
  make,
  clock,
}) => {
  const topic = await make.topic({ postedAt: new Date('2026-03-17T12:00:00Z') });
  await make.topic({ postedAt: new Date('2026-03-25T12:00:00Z') });
  const reply = await make.reply({ topic, postedAt: FROM });
  const all = await makeMembers(db);
  await tell(
    db,
    all.filter(isTold).map(({ id }) => id),
    [
      { id: topic.openingPostId as never, topicId: topic.id as never },
      { id: reply.id as never, topicId: topic.id as never },
    ],
  );
  await db.execute(sql`analyze members, notifications`);
  for (let at = FROM.getTime(); at < UNTIL.getTime(); at += 15 * MINUTE) {
    clock.set(new Date(at).toISOString());
    const now = clock.now();
    // Most zones stand at full hours from UTC: then one worker is killed while another is at the same work.
    const busy = now.getUTCMinutes() === 0;
    if (busy) await Promise.all([closeWeek(db, {}, now), closeWeek(db, {}, now)]);
    const killed = busy
      ? [killedAfter(db, 2)].flatMap((on) => [mailWeeks(on, {}, now), mailNotices(on, {}, now)])
      : [];
    await Promise.allSettled([...killed, mailWeeks(db, {}, now), mailNotices(db, {}, now)]);
    if (busy) await Promise.all([mailWeeks(db, {}, now), mailNotices(db, {}, now)]);
  }
  const noted = await db.select().from(mailings);
  const lines = noted.map(({ memberId, kind, day, orderedAt }) =>
    [memberId, kind, day, orderedAt.getTime()].join(' '),
  );
  expect(lines.length).toBeGreaterThan(2_500);
  expect(lines.sort()).toEqual(expected(all.map((member) => ({ ...member, told: isTold(member) }))));
  // As many mails as rows, each of its member and kind.
  const { rows } = await db.execute<{ line: string; n: number }>(sql`
    select payload->>'to' || ' ' || coalesce(payload->>'which', payload->>'mail') as line, count(*)::int as n
    from graphile_worker._private_jobs group by 1`);
  const ordered = new Map(rows.map(({ line, n }) => [line, n]));
  const wanted = new Map<string, number>();
  for (const line of lines) {
    const key = line.split(' ').slice(0, 2).join(' ');
    wanted.set(key, (wanted.get(key) ?? 0) + 1);
  }
  expect(ordered).toEqual(wanted);
});
