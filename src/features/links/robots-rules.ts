// Of a robots.txt what concerns one program (RFC 9309), and no more of it than can be matched at once: the text is a
// stranger's, and the package that reads it copies every rule to every program that the text names, which a small file
// can make fill the memory.

const LINE = /^[ \t]*(user-agent|allow|disallow|crawl-delay)[ \t]*:[ \t]*([^#]*)/i;
const STARRED = /^(?:dis)?allow.*\*/i;
/**
 * Matching a rule with stars takes as many steps as its length times the address's: all of them together may have so
 * many characters, some hundred times what real sites need, and are matched in a tenth of a second.
 */
const MOST_STARRED = 20_000;

/** The rules for the program of this name, else those for everybody; without those that are made to be slow. */
export function rulesFor(product: string, robots: string): string {
  const own = product.toLowerCase();
  const groups = new Map<string, string[]>([
    [own, []],
    ['*', []],
  ]);
  const named = new Set<string>();
  /** The groups that the next rule stands in; a name behind a rule begins anew. */
  let open = new Set<string>();
  let inRules = false;
  for (const line of robots.split(/\r\n|\r|\n/)) {
    const [, word = '', text = ''] = LINE.exec(line.replaceAll('\0', '')) ?? [];
    if (word === '') continue;
    if (/^u/i.test(word)) {
      if (inRules) open = new Set();
      inRules = false;
      // A version behind the name is no part of it.
      const name = (text.split('/')[0] ?? '').trim().toLowerCase();
      if (!groups.has(name)) continue;
      open.add(name);
      named.add(name);
    } else {
      inRules = true;
      for (const name of open) groups.get(name)?.push(`${word}: ${text.trim()}`.trim());
    }
  }
  const rules = groups.get(named.has(own) ? own : '*') ?? [];
  return rules.length === 0 ? '' : ['User-agent: *', ...withoutSlow(rules)].join('\n');
}

function withoutSlow(rules: readonly string[]): string[] {
  let starred = 0;
  return rules.filter((rule) => {
    if (!STARRED.test(rule)) return true;
    starred += rule.length;
    return starred <= MOST_STARRED;
  });
}
