// What somebody asks of the log, read from its address and written back into the addresses of its pages.
import { LOGGED_KINDS, type ActionKind } from '../../domain/actions.ts';
import { type ActionId, readId } from '../../domain/ids.ts';
import { formBody, readFlag, readLine } from '../../web/forms.ts';
import type { Section } from '../../web/site.ts';

export interface LogFilter {
  readonly kind: ActionKind | undefined;
  /** Whoever acted: the name, or the number where the viewer is told no names. */
  readonly by: string | undefined;
  readonly section: Pick<Section, 'id' | 'slug' | 'name'> | undefined;
  /** The number of a rule; 'none': decisions that name no rule. */
  readonly rule: number | 'none' | undefined;
  /** The first and the last day, as 2026-04-03. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly onlyAutomatic: boolean;
  readonly onlyUndone: boolean;
  /** One decision alone: what its notices and the entries of feeds lead to. */
  readonly decision: ActionId | undefined;
}

/** As long as the longest name that a member can have. */
const LONGEST_NAME = 60;

/** Reads it. What is not on offer, such as a section that has gone or a day that there never was, narrows nothing. */
export function readLogFilter(query: unknown, sections: readonly Section[]): LogFilter {
  const fields = formBody(query);
  const read = (name: string) => readLine(fields, name);
  const by = read('by').slice(0, LONGEST_NAME);
  return {
    kind: LOGGED_KINDS.find((kind) => kind === read('action')),
    by: by === '' ? undefined : by,
    section: sections.find(({ slug }) => slug === read('section')),
    rule: readRule(read('rule')),
    from: readDay(read('from')),
    to: readDay(read('to')),
    onlyAutomatic: readFlag(fields, 'automatic'),
    onlyUndone: readFlag(fields, 'undone'),
    decision: readId<ActionId>(read('decision')),
  };
}

/** The filter as the query of an address; what does not narrow is left out. */
export function queryOfFilter(filter: LogFilter): Readonly<Record<string, string | number | undefined>> {
  const { kind, by, section, rule, from, to, onlyAutomatic, onlyUndone, decision } = filter;
  return {
    action: kind,
    by,
    section: section?.slug,
    rule,
    from,
    to,
    automatic: onlyAutomatic ? 1 : undefined,
    undone: onlyUndone ? 1 : undefined,
    decision,
  };
}

/** Whether it leaves anything out. */
export function narrows(filter: LogFilter): boolean {
  return Object.values(queryOfFilter(filter)).some((value) => value !== undefined);
}

function readRule(text: string): LogFilter['rule'] {
  if (text === 'none') return 'none';
  return /^[1-9]\d?$/.test(text) ? Number(text) : undefined;
}

function readDay(text: string): string | undefined {
  if (!/^(?!0000)\d{4}-\d\d-\d\d$/.test(text)) return undefined;
  const day = new Date(`${text}T00:00:00.000Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text) ? text : undefined;
}
