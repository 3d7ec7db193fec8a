// The time is asked of a clock that is passed in, so that a test can move it.

export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };
