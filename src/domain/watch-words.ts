// Finding watched words and phrases in a text. Both are brought into one spelling first: words between single spaces, so
// that a phrase is one string and its edges are the boundaries of words. All are then looked for in one pass (Aho and
// Corasick, 1975), whose time grows with the text alone: neither the number of rules nor a hostile text makes it slow.

// What prints like a Latin letter in the scripts beside it; capitals that do are folded to small letters before.
const LOOK_ALIKES: Readonly<Record<string, string>> = pairs(
  // Cyrillic, Greek, Armenian
  ['авеһікмнорстухѕјԁԛԝӏ', 'abehikmhopctyxsjdqwl'],
  ['αβεζηικμνορςστυχ', 'abezhikmvopsstux'],
  ['օսհո', 'ouhn'],
  // Latin with strokes, and small capitals
  ['łøđħıɡɑ', 'lodhiga'],
  ['ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ', 'abcdefghijklmnoprstuvwyz'],
);

function pairs(...rows: readonly (readonly [string, string])[]): Record<string, string> {
  return Object.fromEntries(
    rows.flatMap(([seen, meant]) => [...seen].map((letter, at) => [letter, [...meant][at] ?? letter])),
  );
}

const LOOK_ALIKE = new RegExp(`[${Object.keys(LOOK_ALIKES).join('')}]`, 'gu');

// Invisible characters, and accents piled on or beside letters. The marks of kana tell two sounds apart and stay.
const UNSEEN = /\p{Default_Ignorable_Code_Point}|(?![\u3099\u309A])(?=\p{M})\p{Script=Inherited}/gu;
// Scripts that write no spaces: every letter is a word there, so that a word is found wherever its letters follow on
// each other.
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]\p{M}*/gu;
const BETWEEN_WORDS = /[^\p{L}\p{N}\p{M}]+/gu;

/** Most texts: nothing of what follows is in them. */
const PLAIN = /^\p{ASCII}*$/u;

/** Compatibility forms, capitals, accents, invisible characters and look-alikes made one. */
export function foldText(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase();
  return text
    .toWellFormed()
    .normalize('NFKD')
    .replace(UNSEEN, '')
    .toUpperCase()
    .toLowerCase()
    .normalize('NFC')
    .replace(LOOK_ALIKE, (letter) => LOOK_ALIKES[letter] ?? letter);
}

/** The words of a folded text between single spaces, with one before the first and one after the last. */
export function spaceWords(folded: string): string {
  const spaced = PLAIN.test(folded) ? folded : folded.replace(UNSPACED, ' $& ');
  return ` ${spaced.replace(BETWEEN_WORDS, ' ').trim()} `;
}

// Signs and digits that stand for letters in a word. The 1 is missing: nobody can tell whether it is an i or an l.
const DISGUISES: Readonly<Record<string, string>> = {
  ...{ '@': 'a', $: 's', '0': 'o', '3': 'e', '4': 'a', '5': 's', '7': 't', '8': 'b' },
};

const DISGUISED = /\p{L}[@$0134578]|[@$0134578]\p{L}/u;

/** A text in the spellings in which words are looked for: as written, and with its disguised words in clear. */
function spellingsOf(text: string): string[] {
  const folded = foldText(text);
  const written = spaceWords(folded);
  if (!DISGUISED.test(folded)) return [written];
  const clear = ['i', 'l'].map((one) => spaceWords(inClear(folded, one)));
  return [...new Set([written, ...clear])];
}

function inClear(folded: string, one: string): string {
  return folded.replace(/[\p{L}\p{N}@$]+/gu, (word) =>
    /\p{L}/u.test(word) ? word.replace(/[@$0134578]/g, (sign) => DISGUISES[sign] ?? one) : word,
  );
}

interface Node {
  readonly next: Map<number, Node>;
  /** Where the search goes on when no letter fits: the longest end of this that begins a word looked for. */
  fallback: Node | undefined;
  /** What is found when the search comes here: its numbers in the list. */
  readonly found: number[];
}

/**
 * Looks for words and phrases in one pass over a text.
 * @param patterns as readWordPattern writes them
 * @returns for a text, the places in `patterns` of those that stand in it
 */
export function wordFinder(patterns: readonly string[]): (text: string) => ReadonlySet<number> {
  const root = trieOf(patterns);
  if (root.next.size === 0) return () => new Set();
  return (text) => {
    const found = new Set<number>();
    const seen = new Set<Node>();
    for (const spelling of spellingsOf(text)) scan(root, spelling, found, seen);
    return found;
  };
}

function scan(root: Node, spelling: string, found: Set<number>, seen: Set<Node>): void {
  let node = root;
  for (let at = 0; at < spelling.length; at++) {
    node = step(root, node, spelling.charCodeAt(at));
    // What a node tells it tells once: repetitions in the text cost nothing.
    for (let end: Node | undefined = node; end && !seen.has(end); end = end.fallback) {
      seen.add(end);
      for (const index of end.found) found.add(index);
    }
  }
}

function step(root: Node, from: Node, letter: number): Node {
  for (let node: Node | undefined = from; node; node = node.fallback) {
    const next = node.next.get(letter);
    if (next) return next;
  }
  return root;
}

function trieOf(patterns: readonly string[]): Node {
  const root = emptyNode();
  patterns.forEach((pattern, index) => {
    const path = pattern.endsWith('*') ? ` ${pattern.slice(0, -1)}` : ` ${pattern} `;
    let node = root;
    for (let at = 0; at < path.length; at++) node = childOf(node, path.charCodeAt(at));
    node.found.push(index);
  });
  // By distance from the root, so that what a node falls back to has its own fallback already.
  const waiting = [...root.next.values()];
  for (const child of waiting) child.fallback = root;
  for (const node of waiting) {
    for (const [letter, child] of node.next) {
      child.fallback = step(root, node.fallback ?? root, letter);
      waiting.push(child);
    }
  }
  return root;
}

function childOf(node: Node, letter: number): Node {
  const there = node.next.get(letter);
  if (there) return there;
  const made = emptyNode();
  node.next.set(letter, made);
  return made;
}

function emptyNode(): Node {
  return { next: new Map(), fallback: undefined, found: [] };
}
