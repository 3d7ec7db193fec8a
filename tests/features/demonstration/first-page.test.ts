// What a visitor of the demonstration sees first: the seed topic and the digest, letter for letter, and the seed's
// place in the lists.
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { demoTopics } from '../../../src/features/demonstration/content/index.ts';
import type { DemoTopic } from '../../../src/features/demonstration/content/index.ts';
import { allReplies, isPublic, isShown, placed, topicWithKey } from './placed.ts';

describe('the seed topic and the digest', () => {
  const seed = topicWithKey('seed');
  const link =
    'https://news.google.com/rss/articles/CBMihAFBVV95cUxORTBNMEJaeUpqNXpYWnNEYjk1eXFpOU9aQVdfS2JvSXB0bElUN1VYMGM1UTZ6REo5VzZjcHBPODRFcmZqQkIwX1FpWXdsbVNaako0N1k2ZjBobzctanU4TWdpZW8tUURmMTBwMWM5VktrWVlHSk8zMW16RXh2anhRS282VVY?oc=5';

  test('the seed topic stands as it was posted', () => {
    expect(seed.title).toBe('Q1 2026 AI Investment Hits $300B, Shattering Records');
    expect(seed).toMatchObject({ author: 'kevin_h', upvotes: 0, kind: 'link', section: 'funding' });
    expect(seed.sources).toEqual([{ url: link, wrapper: true }]);
    expect(seed.body).toMatch(/^According to Crunchbase, global venture funding reached \$300 billion /);
    expect(seed.body).toContain(
      'technical impact—is it in scaling frontier model training, funding the inference',
    );
    expect(seed.body.endsWith(` The article link is here: ${link}`)).toBe(true);
    expect(seed.body.length).toBe(920);
  });

  test('its four replies are one chain without upvotes', () => {
    const chain = placed(seed);
    expect(chain.map(({ reply, depth }) => [depth, reply.author, reply.upvotes ?? 0])).toEqual([
      [1, 'kevin_h', 0],
      [2, 'diana_f', 0],
      [3, 'kevin_h', 0],
      [4, 'diana_f', 0],
    ]);
    const ends = chain.map(({ reply: { body } }) => [body.slice(0, 30), body.slice(-30), body.length]);
    expect(ends).toEqual([
      ['The capital is clearly flowing', ' becoming the real bottleneck.', 215],
      ['This capital surge into infere', 'for the digital public square.', 285],
      ["Diana's point about concentrat", ' black box at planetary scale.', 266],
      ["Kevin's right about the audita", 'e systems are the most opaque.', 272],
    ]);
  });

  test('the digest is kept byte for byte', () => {
    const { body, author, kind } = topicWithKey('weekly-digest');
    expect([author, kind]).toEqual(['digest_desk', 'digest']);
    expect(body.split('\n')[0]).toBe(
      '# AI Industry Shatters Funding and Valuation Records Amid Rapid Infrastructure and Innovation Expansion',
    );
    expect(body).toContain('EU, and China**');
    expect(createHash('sha256').update(body).digest('hex')).toBe(
      '56876b9bda8d2fe7aaf90404f71a05d6f06238418a65f4b5c58686c59b3417e3',
    );
  });
});

describe('the size and the first page', () => {
  const listed = demoTopics.filter(isPublic);
  const hotHours = (topic: DemoTopic) => {
    const repliers = new Set(
      placed(topic)
        .filter(isShown)
        .map(({ reply }) => reply.author),
    );
    repliers.delete(topic.author);
    const crowd = Math.min(topic.upvotes + 1, 0.5 * repliers.size);
    // The hot rank of the list (DESIGN section 7), in hours: 79,200 seconds are 22 hours.
    return 22 * Math.log10(1 + topic.upvotes + crowd) - topic.hoursAgo;
  };

  test('some fifty topics up to 24 days old, with 300 to 420 replies', () => {
    expect(demoTopics.length).toBe(50);
    expect(Math.max(...demoTopics.map(({ hoursAgo }) => hoursAgo))).toBeLessThanOrEqual(24 * 24);
    expect(allReplies.length).toBeGreaterThanOrEqual(300);
    expect(allReplies.length).toBeLessThanOrEqual(420);
  });

  test('one discussion is deep, one is wide', () => {
    expect(
      Math.max(...placed(topicWithKey('ai-act-general-purpose')).map(({ depth }) => depth)),
    ).toBeGreaterThanOrEqual(14);
    const wide = topicWithKey('agents-write-access');
    expect(placed(wide).length).toBeGreaterThanOrEqual(40);
    expect(wide.replies.length).toBeGreaterThanOrEqual(15);
  });

  test('the seed topic is on the first page of hot and of new', () => {
    const pinnedFirst = (a: DemoTopic, b: DemoTopic) => Number(Boolean(b.pinned)) - Number(Boolean(a.pinned));
    const hot = listed.toSorted((a, b) => pinnedFirst(a, b) || hotHours(b) - hotHours(a));
    const fresh = listed.toSorted((a, b) => pinnedFirst(a, b) || a.hoursAgo - b.hoursAgo);
    expect(hot[0]?.key).toBe('house-rules');
    expect(hot.findIndex(({ key }) => key === 'seed')).toBeLessThan(25);
    expect(fresh.findIndex(({ key }) => key === 'seed')).toBeLessThan(25);
    expect(hot.filter((topic) => hotHours(topic) > -3).length).toBeLessThan(25);
  });
});
