// How far back a list reaches.
import { DAY } from './times.ts';

export const PERIODS = { day: DAY, week: 7 * DAY, month: 30 * DAY, year: 365 * DAY, all: undefined } as const;
export type Period = keyof typeof PERIODS;

/** What a reader may narrow any list to. */
export const AGES = ['day', 'week', 'month', 'year'] as const satisfies readonly Period[];
export type Age = (typeof AGES)[number];
