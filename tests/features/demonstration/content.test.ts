// The demonstration forum is data, so these tests read it as a whole: nobody unknown speaks, nothing happens before
// its cause or in the future, texts keep within the caps, and every state has an example.
import { describe, expect, test } from 'vitest';
import { demoMembers, demoTags, demoTopics } from '../../../src/features/demonstration/content/index.ts';
import type { DemoReply } from '../../../src/features/demonstration/content/index.ts';
import { allReplies, isPublic } from './placed.ts';

const memberNamed = new Map(demoMembers.map((member) => [member.name, member]));

const repeated = (values: readonly string[]) =>
  values.filter((value, index) => values.indexOf(value) !== index);

describe('who takes part', () => {
  const authors = [...demoTopics, ...allReplies.map(({ reply }) => reply)].map(({ author }) => author);
  const decisions = [
    ...demoTopics.flatMap(({ locked, hidden }) => [locked, hidden]),
    ...allReplies.map(({ reply }) => reply.hidden),
    ...demoMembers.map(({ sanction }) => sanction),
  ].flatMap((decision) => (decision ? [decision] : []));

  test('names are unique, and the forum is small enough for new members to be free', () => {
    expect(repeated(demoMembers.map(({ name }) => name))).toEqual([]);
    expect(demoMembers.every(({ name }) => /^[a-z][a-z0-9_]{2,19}$/.test(name))).toBe(true);
    expect(demoMembers.length).toBeLessThan(50);
  });

  test('there is one admin, three moderators, and members new, of long standing, silenced and suspended', () => {
    const names = (role: string) =>
      demoMembers.filter((member) => member.role === role).map(({ name }) => name);
    expect(names('admin')).toEqual(['astrid_w']);
    expect(names('moderator')).toEqual(['marta_l', 'tomas_r', 'digest_desk']);
    expect(memberNamed.get('kevin_h')?.role).toBe('member');
    expect(memberNamed.get('diana_f')?.role).toBe('member');
    expect(demoMembers.filter(({ joinedDaysAgo }) => joinedDaysAgo < 10).length).toBeGreaterThan(1);
    expect(demoMembers.filter(({ joinedDaysAgo }) => joinedDaysAgo > 100).length).toBeGreaterThan(20);
    const sanctions = demoMembers.flatMap(({ sanction }) => (sanction ? [sanction] : []));
    expect(sanctions.map(({ kind }) => kind).sort()).toEqual(['silence', 'suspension']);
    expect(sanctions.every(({ days, daysAgo }) => days > daysAgo)).toBe(true);
  });

  test('every author, flagger and mentioned member exists', () => {
    const flaggers = allReplies.flatMap(({ reply }) => (reply.flagged ?? []).map(({ by }) => by));
    const bodies = [...demoTopics, ...allReplies.map(({ reply }) => reply)].map(({ body }) => body);
    const mentioned = bodies.flatMap((body) =>
      [...body.matchAll(/(?<![\w/])@(\w+)/g)].map(([, name]) => name ?? ''),
    );
    expect(mentioned).toContain('luisa_p');
    const unknown = [...authors, ...flaggers, ...mentioned].filter((name) => !memberNamed.has(name));
    expect(unknown).toEqual([]);
  });

  test('moderators decide, never about themselves, with a rule of the house', () => {
    expect(decisions.length).toBeGreaterThan(8);
    for (const { by, rule = 1, reason } of decisions) {
      expect(memberNamed.get(by)?.role, by).toBe('moderator');
      expect(rule, reason).toBeOneOf([1, 2, 3, 4, 5, 6, 7]);
    }
    expect(demoTopics.filter(({ author, hidden, locked }) => author === (hidden ?? locked)?.by)).toEqual([]);
    expect(allReplies.filter(({ reply }) => reply.author === reply.hidden?.by)).toEqual([]);
    expect(allReplies.filter(({ reply }) => reply.flagged?.some(({ by }) => by === reply.author))).toEqual(
      [],
    );
  });

  test('every section has topics, and digests are by moderators', () => {
    const sections = new Set(demoTopics.map(({ section }) => section));
    const known = ['funding', 'infrastructure', 'models-research', 'tooling-enterprise', 'policy-security'];
    expect([...sections].sort()).toEqual([...known, 'regions', 'work-skills'].sort());
    const digests = demoTopics.filter(({ kind }) => kind === 'digest');
    expect(digests.map(({ author }) => memberNamed.get(author)?.role)).toEqual(['moderator']);
  });
});

describe('the texts', () => {
  test('topics have unique keys and different addresses', () => {
    expect(repeated(demoTopics.map(({ key }) => key))).toEqual([]);
    expect(demoTopics.filter(({ key }) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(key))).toEqual([]);
    expect(repeated(demoTopics.flatMap(({ sources = [] }) => sources.map(({ url }) => url)))).toEqual([]);
  });

  test('a link topic has a source, a text or digest has a body', () => {
    for (const { key, kind, sources = [], body } of demoTopics) {
      expect(kind === 'link' ? sources.length : body.length, key).toBeGreaterThan(0);
    }
  });

  test('lengths are within the caps of writers', () => {
    for (const { title, titleEditedFrom = title, kind, body } of demoTopics) {
      expect(title.length, title).toBeLessThanOrEqual(150);
      expect(Math.min(title.length, titleEditedFrom.length)).toBeGreaterThanOrEqual(3);
      expect(body.length, title).toBeLessThanOrEqual(kind === 'digest' ? 100_000 : 20_000);
    }
    for (const { reply } of allReplies) {
      expect(reply.body.trim()).not.toBe('');
      expect(reply.body.length).toBeLessThanOrEqual(20_000);
    }
  });

  test('tags are at most five a topic, all described, all used', () => {
    const used = demoTopics.flatMap(({ tags = [] }) => tags);
    const described = demoTags.map(({ slug }) => slug);
    expect(repeated(described)).toEqual([]);
    expect([...new Set(used)].sort()).toEqual(described.toSorted());
    expect(new Set(demoTags.map(({ kind }) => kind)).size).toBe(4);
    expect(Math.max(...demoTopics.map(({ tags = [] }) => tags.length))).toBeLessThanOrEqual(5);
  });

  test('no post has more upvotes than members who could have given them', () => {
    const voters = demoMembers.filter(({ sanction }) => !sanction).length - 1;
    const posts = [...demoTopics, ...allReplies.map(({ reply }) => reply)];
    for (const { upvotes = 0, body } of posts) expect(upvotes, body.slice(0, 40)).toBeLessThanOrEqual(voters);
  });
});

describe('the times', () => {
  test('nothing happens in the future, or before its author had joined', () => {
    for (const { reply, topic, hoursAgo } of allReplies) {
      expect(hoursAgo, `${topic.key}: ${reply.author}`).toBeGreaterThan(0);
      expect(hoursAgo, reply.author).toBeLessThan((memberNamed.get(reply.author)?.joinedDaysAgo ?? 0) * 24);
    }
    for (const { key, author, hoursAgo, sources = [] } of demoTopics) {
      expect(hoursAgo, key).toBeLessThan((memberNamed.get(author)?.joinedDaysAgo ?? 0) * 24);
      for (const { publishedHoursAgo = hoursAgo } of sources)
        expect(publishedHoursAgo).toBeGreaterThanOrEqual(hoursAgo);
    }
  });

  test('edits are late enough to be marked, within a day, and change the text', () => {
    const edits = [
      ...allReplies.map(({ reply, hoursAgo }) => ({ edit: reply.edited, body: reply.body, hoursAgo })),
      ...demoTopics.map(({ editedBody, body, hoursAgo }) => ({ edit: editedBody, body, hoursAgo })),
    ].filter(({ edit }) => edit);
    expect(edits.length).toBeGreaterThanOrEqual(3);
    for (const { edit, body, hoursAgo } of edits) {
      expect(edit?.minutesAfter).toBeGreaterThan(5);
      expect(edit?.minutesAfter).toBeLessThan(Math.min(24, hoursAgo) * 60);
      expect(edit?.before).not.toBe(body);
    }
  });

  test('whoever is silenced or suspended has written nothing since', () => {
    const since = allReplies.filter(({ reply, hoursAgo }) => {
      const sanction = memberNamed.get(reply.author)?.sanction;
      return sanction && hoursAgo <= sanction.daysAgo * 24;
    });
    expect(since.map(({ topic, reply }) => `${reply.author} in ${topic.key}`)).toEqual([]);
  });
});

describe('the states', () => {
  const has = (rule: (reply: DemoReply) => unknown) => allReplies.filter(({ reply }) => rule(reply));

  test('topics: pinned, locked, hidden, held, edited, retitled, without replies', () => {
    expect(demoTopics.filter(({ pinned }) => pinned)).toHaveLength(1);
    expect(demoTopics.filter(({ locked }) => locked).map(({ locked }) => locked?.rule)).toEqual([3]);
    expect(demoTopics.filter(({ hidden }) => hidden).map(({ hidden }) => hidden?.rule)).toEqual([2]);
    expect(demoTopics.filter(({ heldForApproval }) => heldForApproval).map(({ author }) => author)).toEqual([
      'lab_notes_24',
    ]);
    expect(demoTopics.filter(({ editedBody }) => editedBody)).not.toEqual([]);
    expect(
      demoTopics.filter(({ titleEditedFrom, title }) => titleEditedFrom && titleEditedFrom !== title),
    ).toHaveLength(1);
    expect(demoTopics.filter((topic) => isPublic(topic) && topic.replies.length === 0)).not.toEqual([]);
  });

  test('a hidden and a withdrawn reply have replies that stay', () => {
    const stays = ({ replies = [] }: DemoReply) => replies.some((below) => !below.hidden);
    expect(has((reply) => reply.hidden && !reply.hidden.withReplies && stays(reply)).length).toBeGreaterThan(
      1,
    );
    expect(has((reply) => reply.hidden?.withReplies && reply.replies?.length)).not.toEqual([]);
    expect(has((reply) => reply.withdrawn && stays(reply))).not.toEqual([]);
  });

  test('what is held is by new members and has no replies', () => {
    const held = has((reply) => reply.held);
    expect(held).not.toEqual([]);
    for (const { reply } of held) {
      expect(memberNamed.get(reply.author)?.joinedDaysAgo).toBeLessThan(10);
      expect(reply.replies).toEqual([]);
    }
    expect(
      demoTopics.filter(({ heldForApproval, replies }) => heldForApproval && replies.length > 0),
    ).toEqual([]);
  });

  test('a promotion is flagged by several and still visible', () => {
    const waiting = has((reply) => !reply.hidden && (reply.flagged?.length ?? 0) > 2);
    expect(waiting.map(({ reply }) => reply.author)).toEqual(['flexwatt_sales']);
  });

  test('all four purposes and an edit by an author occur among replies', () => {
    const purposes = new Set(allReplies.flatMap(({ reply }) => reply.purpose ?? []));
    expect([...purposes].sort()).toEqual(['analysis', 'correction', 'question', 'source']);
    expect(has((reply) => reply.edited)).not.toEqual([]);
  });
});
