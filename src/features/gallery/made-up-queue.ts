// Items of the moderation queue that nobody brought about: free, claimed by oneself, claimed by another, decided.
import { DECISIONS, type DecisionName } from '../../domain/decisions.ts';
import { DAY, HOUR } from '../../domain/times.ts';
import { escapeHtml } from '../../lib/html.ts';
import { momentView } from '../../web/moments.ts';
import type { ItemView } from '../queue/pages.ts';

/** `gone`: decided while others looked at it. */
export type GalleryItem = ItemView & { readonly gone: boolean };

const FIELD = { value: '', error: '' };

export function queueItems(now: Date): GalleryItem[] {
  const item = (id: number, state: Partial<GalleryItem>): GalleryItem => ({
    ...flaggedReply(id, now),
    gone: false,
    ...state,
  });
  const claim = { mine: false, text: '', offered: false, claimHref: '#queue', releaseHref: '#queue' };
  return [
    item(1, { claim: { ...claim, offered: true } }),
    item(2, { current: true, claim: { ...claim, mine: true, text: 'Claimed by you until 14:40' } }),
    item(3, {
      claim: { ...claim, text: 'Claimed by marta_l until 14:38' },
      blocked: true,
      hint: 'marta_l is at work on this.',
    }),
    item(4, {
      claim: { ...claim, text: 'Decided by nils_b: hidden' },
      ...{ gone: true, chosen: null, plain: [], reasoned: [], doors: [] },
    }),
  ];
}

function flaggedReply(id: number, now: Date): ItemView {
  const anchor = `q-${id}`;
  const ago = (time: number) => momentView(new Date(now.getTime() - time));
  return {
    ...{ id, anchor, href: '#queue', current: false, alone: false },
    ...{ heading: 'Reply by', name: 'kevin_h', nameHref: '#queue', at: ago(HOUR) },
    place: { href: '#queue', text: 'A topic with new replies' },
    ...{ quote: 'What it answers, in one line.', title: '', lines: [], contextHref: '#queue' },
    bodyHtml: escapeHtml('Whoever believes this should not be let near a spreadsheet.'),
    links: [{ href: 'https://shop.example/offer', host: 'shop.example' }],
    meta: ['posted within 4 seconds'],
    chosen: { value: `${id}:1`, checked: id === 2, label: 'Select: Reply by kevin_h' },
    claim: { mine: false, text: '', offered: false, claimHref: '#queue', releaseHref: '#queue' },
    causes: [
      { count: '3', label: 'unkind' },
      { count: '1', label: 'off-topic' },
    ],
    flags: [
      { by: 'diana_f', label: 'unkind', note: 'About a person.', accuracy: '', at: ago(HOUR / 2) },
      {
        by: 'ops_lena',
        label: 'off-topic',
        note: '',
        accuracy: '80 % of earlier flags upheld',
        at: ago(HOUR),
      },
    ],
    reach: ['2 replies stand below it'],
    person: {
      ...{ name: 'kevin_h', href: '#queue', record: 'member for 3 months, 41 posts, 1 hidden' },
      trail: ['', '', 'bad', '', 'flagged', '', '', 'flagged'].map((state) => ({
        hidden: state === 'bad',
        flagged: state === 'flagged',
      })),
      trailText: 'Of the last 8 posts 1 is hidden and 2 are flagged; this is the last.',
      earlier: [{ text: 'Warned: Personal attack (rule 2)', href: '#queue', at: ago(9 * DAY) }],
      notes: [{ text: 'Was asked to be brief.', by: 'marta_l', at: ago(2 * DAY) }],
    },
    talk: {
      ...{ href: '#queue', count: '1', member: 'kevin_h', open: id === 1 },
      messages: [{ by: 'marta_l', to: 'to kevin_h', at: ago(HOUR / 4), body: ['What is this about?'] }],
    },
    ...{ decideHref: '#queue', next: '', seen: { version: 1, postVersion: 1, flags: 2 } },
    plainForm: `${anchor}-plain`,
    plain: buttons('keep'),
    reasoned: buttons('hide', 'hide-branch', 'hide-warn'),
    doors: [{ label: 'Suspend', href: '#queue', key: 's', cap: 'S' }],
    ...{ suggestions: [], address: null, blocked: false, hint: '' },
    reason: {
      prefix: `${anchor}-`,
      canned: [{ value: 'attack', label: 'Personal attack (rule 2)', selected: false }],
      ...{ rule: FIELD, reason: FIELD, own: false },
    },
  };
}

function buttons(...names: DecisionName[]): ItemView['plain'] {
  return names.map((value) => {
    const { label, icon, key } = DECISIONS[value];
    return { value, label, icon, key, cap: key.toUpperCase() };
  });
}
