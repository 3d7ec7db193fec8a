// Topics of a week under the headings of their sections.
import type { TopicRow } from '../../threads/index.ts';

export interface SectionOfWeek {
  readonly slug: string;
  readonly name: string;
  readonly rows: readonly TopicRow[];
}

/** @param topics those of one section stand together */
export function bySection(topics: readonly TopicRow[]): SectionOfWeek[] {
  const sections: { slug: string; name: string; rows: TopicRow[] }[] = [];
  for (const row of topics) {
    const last = sections.at(-1);
    if (last?.slug === row.sectionSlug) last.rows.push(row);
    else sections.push({ slug: row.sectionSlug, name: row.sectionName, rows: [row] });
  }
  return sections;
}
