// Lines that are wrong, each in one way, with what is said of it: what is wrong, or what to do.
import { memberRecord, sectionRecord, tagRecord, topicRecord } from './transfer.ts';

const AT = '2026-01-05T09:30:00.000Z';
const HASH = `$argon2id$v=19$m=19456,t=2,p=1$${'a'.repeat(22)}$${'b'.repeat(43)}`;
export const anna = 'old:member:anna';
const bart = 'old:member:bart';

const withOpening = (post: object) => topicRecord('bad', { posts: [post] });
const withReply = (post: object) => topicRecord('bad', { posts: [{}, post] });
const withSource = (source: object) =>
  topicRecord('bad', {
    sources: [{ key: 'bad:source', url: 'https://one.example/a', added_at: AT, ...source }],
  });
const withHide = (hide: object) =>
  topicRecord('bad', { posts: [{}, {}], hides: [{ at: AT, reason: 'Promotion', by: anna, ...hide }] });
const withVotes = (...votes: object[]) => withOpening({ author: anna, votes });
const withRevisions = (post: object, ...versions: number[]) =>
  withOpening({
    ...post,
    revisions: versions.map((version) => ({ version, body: 'Earlier', replaced_at: AT })),
  });
const without = (record: object, field: string) =>
  Object.fromEntries(Object.entries(record).filter(([name]) => name !== field));
const stray = memberRecord('stray');

/** A line, and what is said of it. `bart`, `anna`, the tag "power" and the topic "good0" are there. */
export const BAD_LINES: readonly (readonly [object | string | Buffer, string | RegExp])[] = [
  // No record at all.
  ['{"kind":"member",', /^is not JSON \(/],
  ['nonsense', /^is not JSON \(/],
  ['["topic"]', 'is not a JSON object'],
  ['null', 'is not a JSON object'],
  ['"member"', 'is not a JSON object'],
  [Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), 'is not UTF-8 text'],
  // The first three bytes of a four-byte character.
  [Buffer.from([0x7b, 0xf0, 0x9f, 0x98, 0x7d]), 'is not UTF-8 text'],
  [{ key: 'k' }, 'has no kind: one of member, section, tag, topic is expected'],
  [{ kind: 7 }, 'has no kind: one of member, section, tag, topic is expected'],
  [{ kind: 'user' }, 'has an unknown kind "user": known are member, section, tag, topic'],
  [{ kind: 'constructor' }, 'has an unknown kind "constructor": known are member, section, tag, topic'],
  ['{"format":"tokenwire","version":1}', 'has no kind: one of member, section, tag, topic is expected'],
  // Members.
  [{ ...stray, passwort: 'x' }, 'unknown field "passwort"'],
  [{ ...stray, name: undefined }, 'name: is missing'],
  [{ ...stray, joined_at: undefined }, 'joined_at: is missing'],
  [without(stray, 'key'), 'key: is missing'],
  [{ ...stray, key: 'two words' }, 'key: a key has printable ASCII characters without spaces'],
  [{ ...stray, key: '' }, 'key: a key has printable ASCII characters without spaces'],
  [{ ...stray, key: 'k'.repeat(201) }, 'key: a key has at most 200 characters'],
  [{ ...stray, name: 'anna b' }, 'name: a name has the letters A to Z, digits, hyphens and underscores'],
  [{ ...stray, name: 'n'.repeat(61) }, /^name: Too big: expected string to have <=60/],
  [{ ...stray, role: 'owner' }, /^role: Invalid option: expected one of "member"\|/],
  [{ ...stray, email: 'nobody' }, /^email: This is not an e-mail address: it should look like/],
  [{ ...stray, password_hash: 'secret' }, 'password_hash: is no argon2id hash as a PHC string'],
  [{ ...stray, password_hash: HASH.replace('t=2', 't=99') }, /^password_hash: is no argon2id hash/],
  [{ ...stray, password_hash: HASH.replace('t=2', 't=0') }, /^password_hash: is no argon2id hash/],
  [{ ...stray, password_hash: HASH.replace('m=19456', 'm=7') }, /^password_hash: is no argon2id hash/],
  [{ ...stray, about: 'a'.repeat(501) }, 'about: is longer than 500 characters'],
  [{ ...stray, topics_read: -1 }, /^topics_read: Too small/],
  [{ ...stray, topics_read: 1.5 }, 'topics_read: Invalid input: expected int, received number'],
  [{ ...stray, topics_read: '3' }, 'topics_read: Invalid input: expected number, received string'],
  [{ ...stray, joined_at: '2025-01-01' }, 'joined_at: a moment looks like 2026-04-03T14:30:00.000Z'],
  [{ ...stray, joined_at: 1735689600 }, 'joined_at: Invalid input: expected string, received number'],
  [
    { ...stray, joined_at: '2025-02-30T00:00:00Z' },
    'joined_at: a moment looks like 2026-04-03T14:30:00.000Z',
  ],
  [
    { ...stray, joined_at: '0000-01-01T00:00:00Z' },
    'joined_at: a moment looks like 2026-04-03T14:30:00.000Z',
  ],
  [
    { ...stray, joined_at: '0050-01-01T00:00:00Z' },
    'joined_at: a moment looks like 2026-04-03T14:30:00.000Z',
  ],
  [
    { ...stray, joined_at: '2025-01-01T00:00:00+02:00' },
    'joined_at: a moment looks like 2026-04-03T14:30:00.000Z',
  ],
  // Sections and tags.
  [sectionRecord('bad', { name: ' ​ ' }), 'name: is empty'],
  [sectionRecord('bad', { slug: 'not a slug' }), 'slug: a slug has letters, digits and hyphens'],
  [sectionRecord('bad', { modifier: 2 }), /^modifier: Too big: .* <=1$/],
  [tagRecord('bad', { parent: 'old:tag:nowhere' }), 'parent: no tag has the key "old:tag:nowhere"'],
  [tagRecord('bad', { aliases: ['Nope nope'] }), 'aliases[0]: a slug has letters, digits and hyphens'],
  [{ ...tagRecord('bad'), aliases: 'chips' }, 'aliases: Invalid input: expected array, received string'],
  [{ ...tagRecord('bad'), tag_kind: 'thing' }, /^tag_kind: Invalid option: expected one of "company"\|/],
  // Topics.
  [without(topicRecord('bad'), 'posts'), 'posts: is missing'],
  [topicRecord('bad', { posts: [] }), 'posts: a topic has an opening post'],
  [{ ...topicRecord('bad'), posts: {} }, 'posts: Invalid input: expected array, received object'],
  [topicRecord('bad', { title: 't'.repeat(301) }), 'title: is longer than 300 characters'],
  [topicRecord('bad', { title: '​' }), 'title: is empty'],
  [topicRecord('bad', { section: 'nowhere' }), 'section: no section has the key "nowhere"'],
  [topicRecord('bad', { tags: ['old:tag:power', 'nowhere'] }), 'tags[1]: no tag has the key "nowhere"'],
  [
    topicRecord('bad', { tags: Array<string>(6).fill('old:tag:power') }),
    /^tags: Too big: expected array to have <=5/,
  ],
  [topicRecord('bad', { continues: 'old:topic:?' }), 'continues: no topic has the key "old:topic:?"'],
  [topicRecord('bad', { continues: 'old:topic:bad' }), 'continues: no topic has the key "old:topic:bad"'],
  [{ ...topicRecord('bad'), score: 9 }, 'unknown field "score"'],
  [{ ...topicRecord('bad'), topic_kind: 'poll' }, /^topic_kind: Invalid option: expected one of "link"/],
  // Posts.
  [withReply({ authr: anna }), 'posts[1]: unknown field "authr"'],
  [withReply({ body: undefined }), 'posts[1].body: is missing'],
  [withReply({ body: null }), 'posts[1].body: Invalid input: expected string, received null'],
  [withReply({ body: 'b'.repeat(100_001) }), 'posts[1].body: is longer than 100000 characters'],
  [withReply({ author: 'nobody' }), 'posts[1].author: no member has the key "nobody"'],
  [withReply({ parent: 'later' }), 'posts[1].parent: no reply before it has the key "later"'],
  [withReply({ parent: 'bad:0' }), 'posts[1].parent: no reply before it has the key "bad:0"'],
  [withReply({ parent: 'bad:1' }), 'posts[1].parent: no reply before it has the key "bad:1"'],
  [withOpening({ parent: 'bad:0' }), 'posts[0].parent: the opening post answers nothing'],
  [withReply({ key: 'bad:0' }), 'posts[1].key: "bad:0" stands here twice'],
  [
    withReply({ key: 'good0:0' }),
    /^is refused by the database: duplicate key .* Key \(origin_key\)=\(good0:0\) already exists/,
  ],
  [withReply({ base_score: 0.5 }), 'posts[1].base_score: Invalid input: expected int, received number'],
  [withReply({ base_score: 2e9 }), /^posts\[1\]\.base_score: Too big/],
  [withReply({ purpose: 'joke' }), /^posts\[1\]\.purpose: Invalid option/],
  [
    withReply({ model_written: 'yes' }),
    'posts[1].model_written: Invalid input: expected boolean, received string',
  ],
  [withReply({ held_at: 'soon' }), 'posts[1].held_at: a moment looks like 2026-04-03T14:30:00.000Z'],
  // Votes and earlier texts.
  [withVotes({ member: anna, at: AT }), 'posts[0].votes: its author has no vote on it'],
  [withVotes({ member: bart, at: AT }, { member: bart, at: AT }), 'posts[0].votes: a member votes once'],
  [withVotes({ member: 'nobody', at: AT }), 'posts[0].votes[0].member: no member has the key "nobody"'],
  [withVotes({ member: bart }), 'posts[0].votes[0].at: is missing'],
  [withRevisions({ version: 3 }, 2, 1), /^posts\[0\]\.revisions: their versions ascend/],
  [withRevisions({ version: 3 }, 1, 1), /^posts\[0\]\.revisions: their versions ascend/],
  [withRevisions({ version: 2 }, 1, 2), /^posts\[0\]\.revisions: their versions ascend/],
  [withRevisions({}, 1), /^posts\[0\]\.revisions: their versions ascend/],
  [withRevisions({ version: 2 }, 0), /^posts\[0\]\.revisions\[0\]\.version: Too small: .* >=1$/],
  // Sources.
  [withSource({ url: 'a place' }), /^sources\[0\]\.url: This is not a web address/],
  [withSource({ url: 'javascript:alert(1)' }), /^sources\[0\]\.url: Only addresses that begin with https/],
  [withSource({ url: '' }), /^sources\[0\]\.url: Too small/],
  [withSource({ url: `https://one.example/${'a'.repeat(2_048)}` }), /^sources\[0\]\.url: Too big: .* <=2048/],
  [withSource({ url: `https://one.example/${'ü'.repeat(1_900)}` }), /^sources\[0\]\.url: .*too long/],
  [withSource({ added_by: 'nobody' }), 'sources[0].added_by: no member has the key "nobody"'],
  [withSource({ role: 'rumour' }), /^sources\[0\]\.role: Invalid option: expected one of "primary"\|/],
  [withSource({ key: undefined }), 'sources[0].key: is missing'],
  // Hides.
  [withHide({ by: 'nobody' }), 'hides[0].by: no member has the key "nobody"'],
  [withHide({ post: 'nothing' }), 'hides[0].post: no post of this topic has the key "nothing"'],
  [withHide({ post: 'bad:0' }), 'hides[0].post: the opening post is hidden with its topic'],
  [withHide({ with: ['bad:1'] }), 'hides[0].with: a hidden topic needs no posts'],
  [withHide({ post: 'bad:1', with: ['?'] }), 'hides[0].with[0]: no post of this topic has the key "?"'],
  [withHide({ reason: ' ' }), 'hides[0].reason: is empty'],
  [withHide({ reason: 'r'.repeat(1_001) }), 'hides[0].reason: is longer than 1000 characters'],
  [withHide({ rule: 0 }), /^hides\[0\]\.rule: Too small: .* >=1$/],
  // Many at once: the first ones are told.
  [
    { kind: 'member', key: 'k', nom: 'x', mail: 'y' },
    'name: is missing; joined_at: is missing; unknown field "nom", "mail"',
  ],
  [
    withReply({ body: 1, posted_at: 2, base_score: '3', version: 0 }),
    /^posts\[1\]\.posted_at: .*; posts\[1\]\.body: .*; posts\[1\]\.base_score: .*; and 1 more$/,
  ],
];
