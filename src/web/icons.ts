// The icons: drawn on a grid of 16 units with strokes of 1.5 and no fill, in the colour of the text they stand in. They
// stand in the page itself, where one costs no more bytes than to name it in another file, and the browser a third of the work.
export const ICONS = {
  up: 'M8 3.5 14 12H2z',
  plus: 'M2.5 2.5h11v11h-11zM5 8h6M8 5v6',
  reply: 'M6 3 2 7l4 4M2.5 7H10a4 4 0 0 1 4 4v2',
  quote: 'M2 4v8M5.5 4.5h8.5M5.5 8h8.5M5.5 11.5h5',
  save: 'M4 2h8v12l-4-3.2L4 14z',
  flag: 'M3.5 14.5V2M3.5 2.5h9L10.5 6l2 3.5h-9',
  link: 'M6.5 9.5 9.5 6.5M7 4.5l1.8-1.8a3.2 3.2 0 0 1 4.5 4.5L11.5 9M9 11.5l-1.8 1.8a3.2 3.2 0 0 1-4.5-4.5L4.5 7',
  lock: 'M3 7h10v7H3zM5 7V5a3 3 0 0 1 6 0v2',
  pin: 'M5.5 1.8h5M6.5 2v4.5L4 9.5h8L9.5 6.5V2M8 9.5v5',
  search: 'M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zM10.3 10.3 14 14',
  bell: 'M3 11.5h10L11.8 10V7a3.8 3.8 0 0 0-7.6 0v3zM6.5 13.5h3',
  pen: 'M3 13l.7-3L11 2.7 13.3 5 6 12.3zM9.5 4.2l2.3 2.3',
  left: 'M7 3.5 2.5 8 7 12.5M3 8h11',
  right: 'M9 3.5 13.5 8 9 12.5M13 8H2',
  down: 'M3.5 9 8 13.5 12.5 9M8 13V2',
  parent: 'M3.5 7 8 2.5 12.5 7M8 3v11',
  out: 'M9 2.5h4.5V7M13 3 7.5 8.5M6.5 4H3v9h9V9.5',
  shield: 'M8 1.8 13.5 4v4c0 3-2.3 5.2-5.5 6.3C4.8 13.2 2.5 11 2.5 8V4z',
  check: 'M2.5 8.5 6.5 12.5 13.5 4',
  warn: 'M8 2 14.8 13.8H1.2zM8 6.5v3.5M8 11.3v1.2',
  info: 'M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8zM8 7v4.3M8 4.5v1.2',
  hide: 'M1.5 8s2.5-4.5 6.5-4.5S14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8zM2.5 14 13.5 2',
  at: 'M8 5.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6zM10.8 5v4c0 2 3.2 1.8 3.2-1A6 6 0 1 0 8 14c1.2 0 2.2-.3 3-.8',
  section: 'M1.8 13V3h4.7L8 5h6.2v8zM1.8 7.5h12.4',
  merge: 'M3 2.5v3c0 3 2 3.5 5 4.5M13 2.5v3c0 3-2 3.5-5 4.5v4',
} as const;

export type IconName = keyof typeof ICONS;
