// The event loop while the costliest forms arrive that anybody can send: none may keep the others waiting. With
// HOSTILE_TABLE=<file> the figures of each go to that file.
import { paths } from '../../src/web/paths.ts';
import { expect, test } from '../support/forum.ts';
import { disorderedMarks, filled, HOSTILE_MARKDOWN } from './event-loop-texts.ts';
import { type Kind, measureAll, faultsAmong } from './event-loop.ts';
import { portOf } from './raw-socket.ts';
import { bare, encoded, type Fields, JSON_TYPE, post, signedIn } from './socket-requests.ts';

test('while hostile Markdown is read and shown', async ({ app, make }) => {
  const cookie = await signedIn(app, make);
  const topic = await make.topic();
  const kinds = Object.entries(HOSTILE_MARKDOWN).flatMap(([name, body]): Kind[] => [
    { name: `preview: ${name}`, request: post(paths.preview(), encoded({ body, title: body }), cookie) },
    {
      name: `reply: ${name}`,
      request: post(paths.topicReply(topic.id), encoded({ body, preview: '1' }), cookie),
    },
  ]);
  expect(faultsAmong(await measureAll(portOf(app), kinds))).toEqual([]);
}, 300_000);

/** Bytes that an ordinary form may have, and the forms of composers (see BODY_LIMIT in src/app.ts and composing.ts). */
const ROOM = { form: 299_000, composer: 1_299_000 } as const;

/** Text for one field, as long as there is room. */
const FILLINGS: Readonly<Record<string, (bytes: number) => string>> = {
  'disordered marks': (bytes) => disorderedMarks(bytes / 2 - 400),
  commas: (bytes) => filled(',', bytes - 400),
  'tags of one letter': (bytes) => filled('a,b,', bytes - 400),
  'white space': (bytes) => `x${filled(' \t', bytes - 400)}x`,
  digits: (bytes) => filled('1 ', bytes - 400),
  'characters to be escaped': (bytes) => filled("<'>", bytes - 400),
};

/** What is right with the fields that are not filled with something. */
const SOUND: Fields = {
  name: 'somebody',
  password: 'a password of some length',
  current: 'x',
  email: 'a@example.org',
  rules: '1',
  title: 'A title',
  body: 'A body',
  url: 'https://example.org/a',
  tags: 'a',
  section: 'funding',
  reason: 'spam',
};

interface Place {
  readonly path: string;
  readonly fields: readonly string[];
  readonly cookie?: string;
  readonly room?: number;
}

test('while forms of the greatest size arrive', async ({ app, make }) => {
  const cookie = await signedIn(app, make);
  const admin = await signedIn(app, make, { role: 'admin' });
  const { id, openingPostId } = await make.topic();
  const topic = { path: paths.submit(), fields: ['url', 'title', 'tags', 'section', 'body', 'again'] };
  const places: Place[] = [
    { path: paths.signIn(), fields: ['name', 'password', 'next'] },
    { path: paths.signUp(), fields: ['name', 'email', 'password'] },
    { ...topic, room: ROOM.composer },
    { ...topic, room: ROOM.composer, cookie },
    { path: paths.preview(), fields: ['body', 'title'], room: ROOM.composer, cookie },
    { path: paths.topicReply(id), fields: ['body', 'form_id'], cookie },
    { path: paths.settings(), fields: ['about', 'affiliation'], cookie },
    { path: paths.followWord(), fields: ['word'], cookie },
    { path: paths.password(), fields: ['current', 'password'], cookie },
    { path: paths.postFlag(openingPostId), fields: ['note'], cookie },
    {
      path: paths.postEdit(openingPostId),
      fields: ['title', 'tags', 'body'],
      room: ROOM.composer,
      cookie: admin,
    },
    { path: paths.postHide(openingPostId), fields: ['reason'], cookie: admin },
    { path: paths.admin(), fields: ['name', 'accent', 'contact'], cookie: admin },
    { path: paths.adminSections(), fields: ['name', 'description'], cookie: admin },
  ];
  const kinds = places.flatMap(({ path, fields, cookie: by = '', room = ROOM.form }) =>
    fields.flatMap((field, place) =>
      // Every second filling; the next field gets the others.
      Object.entries(FILLINGS)
        .filter((_filling, at) => (at + place) % 2 === 0)
        .map(([what, fill]): Kind => ({
          name: `${path}: ${field} of ${what}${by === '' ? ', visitor' : ''}`,
          request: post(path, bare({ ...SOUND, [field]: fill(room) }), by),
        })),
    ),
  );
  expect(faultsAmong(await measureAll(portOf(app), kinds))).toEqual([]);
}, 600_000);

test('while bodies arrive that no form has', async ({ app, make }) => {
  const cookie = await signedIn(app, make);
  const room = ROOM.composer - 100;
  const numbered = (unit: (n: number) => string) =>
    Array.from({ length: 100_000 }, (_, n) => unit(n))
      .join('')
      .slice(0, room);
  const forms: Fields = {
    '100,000 fields': numbered((n) => `f${n}=1&`),
    '100,000 numbers as names': numbered((n) => `${n * 97}=&`),
    'one name 400,000 times': filled('a&', room),
    'a field name of a megabyte': `${filled('n', room - 2)}=1`,
    ampersands: filled('&', room),
    'equals signs': filled('=', room),
    'percent signs': filled('%', room),
    'broken encodings': filled('%C3%28%', room),
    'plus signs': filled('+', room),
  };
  const half = Math.floor(room / 2);
  const json: Fields = {
    'arrays in arrays': '['.repeat(half) + ']'.repeat(half),
    'objects in objects': `${'{"a":'.repeat(200_000)}1${'}'.repeat(200_000)}`,
    'arrays that never close': '['.repeat(room),
    'a megabyte of keys': `{${numbered((n) => `"k${n}":1,`)}"z":1}`,
    'one key often': `{${filled('"body":1,', room - 20)}"z":1}`,
    'a number of a megabyte': filled('9', room),
    exponents: `[${filled('1e309,', room - 20)}1]`,
    'a text of escapes': `{"body":"${filled('\\u0301', room - 42)}"}`,
    'white space': `${filled(' \n', room - 2)}1`,
    '__proto__ in depth': `${'{"__proto__":'.repeat(60_000)}1${'}'.repeat(60_000)}`,
    '__proto__ written with escapes': filled('\\u005f', room),
  };
  const kinds = [
    ...Object.entries(forms).map(([name, body]) => ({ name, request: post(paths.submit(), body, cookie) })),
    ...Object.entries(json).map(([name, body]) => ({
      name: `JSON: ${name}`,
      request: post(paths.submit(), body, cookie, JSON_TYPE),
    })),
  ];
  expect(faultsAmong(await measureAll(portOf(app), kinds))).toEqual([]);
}, 300_000);
