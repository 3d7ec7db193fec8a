// What the tables say of a form: its fields, how they come back when they are refused, where they show when they are not.
import type { Answer, Fields, Person } from './fields-client.ts';
import type { World } from './fields-world.ts';

/**
 * How a field that was refused comes back: a line with its white space collapsed, a text as typed, a body without the
 * empty lines around it; a secret never does.
 */
export type Comes = 'line' | 'text' | 'trimmed' | 'body' | 'secret';

export interface Place {
  readonly path: string;
  readonly who: Person;
}

/** One form, ready to be sent. */
export interface Occasion {
  readonly who: Person;
  readonly path: string;
  /** Fields with which it is accepted. */
  readonly sound: Fields;
  /** Where it shows what was typed, once it has been accepted. */
  readonly shows?: (answer: Answer) => readonly Place[];
}

export interface Form {
  readonly route: string;
  readonly typed: Readonly<Record<string, Comes>>;
  /** Controls that offer a choice, and those that are not seen. */
  readonly chosen: readonly string[];
  /** What its pages show of a field as text; bodies, which are Markdown, are judged by their HTML. */
  readonly asText?: Readonly<Record<string, (typed: string) => string>>;
  readonly occasion: (world: World) => Promise<Occasion> | Occasion;
  /** What it changes shows on every page: one at a time. */
  readonly siteWide?: true;
  /** Only there while a forum has no admin. */
  readonly beforeSetup?: true;
}

/** Several lines, and one, as pages show them. */
export const lines = (typed: string): string => typed.trim();
export const line = (typed: string): string => typed.replace(/\s+/gu, ' ').trim();
