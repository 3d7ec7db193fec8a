// The small pattern beside a name: five by five squares, mirrored, drawn from the name. Decoration that helps to tell
// voices apart at a glance; it identifies nobody.
import { nameKey } from './member-name.ts';

export interface Identicon {
  /** The `d` of one SVG path on a grid of 5 by 5 units. */
  readonly path: string;
  /** Colour class, 1 to 6. */
  readonly colour: number;
}

const SIZE = 5;
const MIDDLE = 2;
const CELLS = SIZE * (MIDDLE + 1);
const FEWEST = 4;
const COLOURS = 6;

/** The identicon of a member's name; names that differ only in case have the same. */
export function identiconOf(name: string): Identicon {
  const bits = hash(nameKey(name));
  const drawn = bits & ((1 << CELLS) - 1);
  // A pattern of very few squares looks like dirt: it is turned inside out.
  const pattern = countBits(drawn) < FEWEST ? ~drawn : drawn;
  let path = '';
  for (let cell = 0; cell < CELLS; cell++) {
    if ((pattern & (1 << cell)) === 0) continue;
    const row = cell % SIZE;
    const column = Math.floor(cell / SIZE);
    path += square(column, row);
    if (column !== MIDDLE) path += square(SIZE - 1 - column, row);
  }
  return { path, colour: 1 + ((bits >>> CELLS) % COLOURS) };
}

function square(column: number, row: number): string {
  return `M${column} ${row}h1v1h-1z`;
}

/** FNV-1a (Fowler, Noll, Vo) of 32 bits, then MurmurHash3's finish, since FNV's low bits differ little for short names. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

function countBits(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}
