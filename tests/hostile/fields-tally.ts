// What became of each string in each field; HOSTILE_TABLE=file adds it there as Markdown.
import { appendFileSync } from 'node:fs';
import type { StringList } from '../support/corpora.ts';

export const HOSTILE_TABLE = process.env.HOSTILE_TABLE;

interface Outcome {
  readonly status: number;
  /** '' when it was accepted. */
  readonly refused: string;
}

export class Tally {
  /** Field → string → outcome. */
  readonly #fields = new Map<string, Map<string, Outcome>>();

  add(field: string, text: string, outcome: Outcome): void {
    const outcomes = this.#fields.get(field) ?? new Map<string, Outcome>();
    this.#fields.set(field, outcomes.set(text, outcome));
  }

  /** How many strings a field has taken and refused. */
  countOf(field: string): { readonly accepted: number; readonly refused: number } {
    const outcomes = [...(this.#fields.get(field)?.values() ?? [])];
    const refused = outcomes.filter((outcome) => outcome.refused !== '').length;
    return { accepted: outcomes.length - refused, refused };
  }

  /** A row for each list and field: strings, accepted, refused with the reasons, answers of 500 and more. */
  write(lists: readonly StringList[]): void {
    if (HOSTILE_TABLE === undefined) return;
    const rows = lists.flatMap(({ name, strings }) =>
      [...this.#fields].flatMap(([field, outcomes]) => {
        const tried = strings.flatMap((text) => outcomes.get(text) ?? []);
        if (tried.length === 0) return [];
        const reasons = Object.entries(Object.groupBy(tried, ({ refused }) => refused.replace(/\d+/g, 'N')))
          .filter(([reason]) => reason !== '')
          .map(([reason, all = []]) => `${all.length} × ${reason.replaceAll('|', '\\|')}`);
        const refused = tried.filter((outcome) => outcome.refused !== '').length;
        const broken = tried.filter(({ status }) => status >= 500).length;
        return [
          `| ${name} | ${field} | ${tried.length} | ${tried.length - refused} | ${refused} | ${reasons.join('; ')} | ${broken} |`,
        ];
      }),
    );
    appendFileSync(HOSTILE_TABLE, rows.join('\n') + '\n');
  }
}
