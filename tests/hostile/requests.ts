// Arbitrary requests to a route: mostly what a browser would send, with one or two things broken, since only that
// reaches the code behind the first check. Ids and names are picked from the world of the test when the request is
// written, so that a failure can be run again.
import fc from 'fast-check';
import { written } from './raw-socket.ts';
import { BROKEN_QUERIES, BROKEN_SEGMENTS, FIELDS, HEADERS, NUMBERS, QUERY, WORDS } from './request-values.ts';
import { FORM_TYPE, JSON_TYPE } from './socket-requests.ts';
import { type Who, WHO, type World } from './routes-world.ts';

export interface Target {
  readonly method: string;
  readonly url: string;
}

export interface Plan {
  readonly who: Who;
  /** Per parameter of the path: which of the world's, or what stands there instead. */
  readonly params: readonly (number | string)[];
  readonly query: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Body;
}

interface Body {
  readonly type: string | undefined;
  readonly content: string;
}

const word = fc.oneof(
  fc.constantFrom(...WORDS),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n }).map(String),
);

const quoted = word.map((text) => encodeURIComponent(text.toWellFormed()));
const segment = fc.oneof(
  { weight: 6, arbitrary: fc.nat(50) },
  { weight: 1, arbitrary: quoted },
  { weight: 1, arbitrary: fc.constantFrom(...NUMBERS) },
  { weight: 1, arbitrary: fc.constantFrom(...BROKEN_SEGMENTS) },
);

const pair = fc.constantFrom(...Object.keys(QUERY)).chain((name) =>
  fc.oneof(
    fc.constantFrom(...NUMBERS).map((value) => `${name}=${value}`),
    fc.constantFrom(...(QUERY[name] ?? [])).map((value) => `${name}=${encodeURIComponent(value)}`),
    quoted.map((value) => `${name}=${value}`),
    fc.constantFrom(
      `${name}`,
      `${name}=`,
      `${name}[]=1`,
      `${name}=1&${name}=2`,
      `${name}[a][b]=1`,
      `${name}=%E0%A4%A`,
    ),
  ),
);
const query = fc.oneof(
  { weight: 3, arbitrary: fc.constant('') },
  { weight: 4, arbitrary: fc.array(pair, { minLength: 1, maxLength: 3 }).map((pairs) => pairs.join('&')) },
  { weight: 1, arbitrary: fc.constantFrom(...BROKEN_QUERIES) },
);

const headers = fc.oneof(
  { weight: 3, arbitrary: fc.constant([]) },
  { weight: 2, arbitrary: fc.array(fc.constantFrom(...HEADERS), { minLength: 1, maxLength: 3 }) },
);

const FIELD_NAMES = Object.keys(FIELDS);
const sound = fc.record(
  Object.fromEntries(FIELD_NAMES.map((name) => [name, fc.constantFrom(...(FIELDS[name] ?? []))])),
);
const change = fc.record({ name: fc.constantFrom(...FIELD_NAMES), value: fc.option(word) });
const fields = fc.tuple(sound, fc.array(change, { maxLength: 3 })).map(([right, changes]) => {
  const sent = new Map(Object.entries(right));
  // Null: the field is missing.
  for (const { name, value } of changes) {
    if (value === null) sent.delete(name);
    else sent.set(name, value);
  }
  return Object.fromEntries(sent);
});

const urlencoded = (values: Readonly<Record<string, string>>) =>
  new URLSearchParams(Object.entries(values).map(([name, value]) => [name, value.toWellFormed()])).toString();
const form = fields.map((values): Body => ({ type: FORM_TYPE, content: urlencoded(values) }));
const formTwice = fc.tuple(fields, fields).map(([first, second]): Body => ({
  type: FORM_TYPE,
  content: `${urlencoded(first)}&${urlencoded(second)}`,
}));
const json = fc
  .oneof(
    fields,
    fc
      .tuple(
        fields,
        fc.dictionary(fc.constantFrom(...FIELD_NAMES, '__proto__', 'constructor'), fc.jsonValue()),
      )
      .map(([right, odd]) => ({ ...right, ...odd })),
    fc.jsonValue(),
  )
  .map((value): Body => ({ type: JSON_TYPE, content: JSON.stringify(value) }));
const otherType = fc
  .tuple(
    fields,
    fc.constantFrom(
      ...[undefined, '', 'text/plain', 'text/xml', 'multipart/form-data', 'multipart/form-data; boundary=x'],
      ...[
        'application/x-www-form-urlencoded; charset=utf-16',
        `${FORM_TYPE};;;`,
        'application/json; charset=latin1',
      ],
      ...[
        'application/octet-stream',
        'nonsense',
        'APPLICATION/X-WWW-FORM-URLENCODED',
        'application/vnd.x+json',
        '*/*',
      ],
    ),
  )
  .map(([values, type]): Body => ({ type, content: urlencoded(values) }));
const broken = fc
  .tuple(
    fc.constantFrom(FORM_TYPE, JSON_TYPE),
    fc.constantFrom(
      ...[
        '',
        '{',
        '[',
        '"',
        '{"body":',
        '[[[[',
        '{"__proto__":{"a":1}}',
        '{"constructor":{"prototype":{}}}',
        'null',
        '1e999',
      ],
      ...[
        '%',
        '%E0%A4%A',
        '&&&',
        '=&=',
        'body=%00&title=%ff',
        'body[]=1&body[a]=2',
        '__proto__=1&constructor=2',
        '\uFEFF{}',
      ],
      ...[
        '--x\r\nContent-Disposition: form-data; name="body"\r\n\r\nx\r\n--x--',
        'body='.repeat(2_000),
        'x=1&'.repeat(5_000),
      ],
    ),
  )
  .map(([type, content]): Body => ({ type, content }));
const tooMuch = fc
  .constantFrom(299_000, 300_001, 1_299_000, 1_300_001)
  .map((bytes): Body => ({ type: FORM_TYPE, content: `body=${'x'.repeat(bytes - 5)}` }));
const body = fc.oneof(
  { weight: 40, arbitrary: form },
  { weight: 5, arbitrary: formTwice },
  { weight: 15, arbitrary: json },
  { weight: 5, arbitrary: otherType },
  { weight: 10, arbitrary: broken },
  { weight: 1, arbitrary: tooMuch },
);
const NO_BODY: Body = { type: undefined, content: '' };

/** Requests to one route, by anybody. */
export function plansFor({ method, url }: Target): fc.Arbitrary<Plan> {
  const sends = method !== 'GET' && method !== 'HEAD';
  return fc.record({
    who: fc.constantFrom(...WHO),
    params: fc.array(segment, { minLength: namesOf(url).length, maxLength: namesOf(url).length }),
    query,
    headers,
    body: sends
      ? body
      : fc.oneof({ weight: 9, arbitrary: fc.constant(NO_BODY) }, { weight: 1, arbitrary: form }),
  });
}

function namesOf(url: string): string[] {
  return url.match(PARAMETER) ?? [];
}
/** ":id", ":slug?", ":part(^[1-9]\d{0,8}$)" or "*". */
const PARAMETER = /:\w+(?:\([^)]*\))?\??|\*/g;

/** The bytes of a planned request in this world. */
export function writtenFor(target: Target, plan: Plan, world: World): Buffer {
  const values = [...plan.params];
  const path = target.url.replace(PARAMETER, (parameter) => {
    const value = values.shift() ?? 0;
    return typeof value === 'string' ? value : world.pick(target.url, parameter, value);
  });
  const given = (name: string) => plan.headers.some(([each]) => each.toLowerCase() === name);
  const sends = target.method !== 'GET' && target.method !== 'HEAD';
  const own: (readonly [string, string])[] = [
    ...(given('accept') ? [] : [['Accept', 'text/html'] as const]),
    ...(sends && !given('sec-fetch-site') && !given('origin')
      ? [['Sec-Fetch-Site', 'same-origin'] as const]
      : []),
    ...(plan.body.type === undefined || given('content-type')
      ? []
      : [['Content-Type', plan.body.type] as const]),
    ...(world.cookies[plan.who] === '' ? [] : [['Cookie', world.cookies[plan.who]] as const]),
  ];
  const address = plan.query === '' ? path : `${path}?${plan.query}`;
  return written(target.method, address, [...own, ...plan.headers], plan.body.content);
}
