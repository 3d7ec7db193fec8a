// The table at the end: what was asked for, what came out.

export interface Line {
  readonly what: string;
  readonly ours: string;
  readonly yardstick: string;
  readonly ratio: number;
  /** How the ratio is to be read: at least, or at most, this. */
  readonly wanted: { readonly atLeast: number } | { readonly atMost: number };
  /** What has to be known to read it. */
  readonly note?: string;
}

export function table(lines: readonly Line[]): string {
  const heads = ['what', 'ours', 'yardstick', 'ratio', 'wanted', ''];
  const cells = lines.map(({ what, ours, yardstick, ratio, wanted, note }) => {
    const [sign, bound] = 'atLeast' in wanted ? ['≥', wanted.atLeast] : ['≤', wanted.atMost];
    const reached = sign === '≥' ? ratio >= bound : ratio <= bound;
    return [
      ...[what, ours, yardstick, ratio.toFixed(2), `${sign} ${bound}`],
      (reached ? 'reached' : 'NOT reached') + (note ? ` (${note})` : ''),
    ];
  });
  const all = [heads, ...cells];
  const widths = heads.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
