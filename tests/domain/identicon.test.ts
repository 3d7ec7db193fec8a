import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { identiconOf } from '../../src/domain/identicon.ts';

/** The squares of a path as "column row". */
function squares(path: string): string[] {
  return [...path.matchAll(/M(\d) (\d)h1v1h-1z/g)].map((match) => `${match[1]} ${match[2]}`);
}

describe('identiconOf', () => {
  test('is the same for ever: a change would give every member another face', () => {
    expect(identiconOf('kevin_h')).toMatchInlineSnapshot(`
      {
        "colour": 5,
        "path": "M0 0h1v1h-1zM4 0h1v1h-1zM0 1h1v1h-1zM4 1h1v1h-1zM0 4h1v1h-1zM4 4h1v1h-1zM1 0h1v1h-1zM3 0h1v1h-1zM1 3h1v1h-1zM3 3h1v1h-1zM1 4h1v1h-1zM3 4h1v1h-1zM2 0h1v1h-1zM2 1h1v1h-1zM2 2h1v1h-1z",
      }
    `);
  });

  test('does not depend on case', () => {
    expect(identiconOf('Kevin_H')).toEqual(identiconOf('kevin_h'));
  });

  test('whatever the name: mirrored, within five by five, neither empty nor doubled, in one of six colours', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        const { path, colour } = identiconOf(name);
        expect(path).toMatch(/^(M[0-4] [0-4]h1v1h-1z){4,25}$/);
        const drawn = squares(path);
        expect(new Set(drawn).size).toBe(drawn.length);
        const mirrored = drawn.map((square) => `${4 - Number(square[0])} ${square[2]}`);
        expect(mirrored.sort()).toEqual([...drawn].sort());
        expect([1, 2, 3, 4, 5, 6]).toContain(colour);
      }),
    );
  });

  test('a thousand names have nearly a thousand patterns, none of them nearly empty, and no colour is rare', () => {
    const icons = Array.from({ length: 1_000 }, (_, i) => identiconOf(`member${i}`));
    expect(new Set(icons.map(({ path }) => path)).size).toBeGreaterThan(950);
    const fewest = Math.min(...icons.map(({ path }) => squares(path).filter((at) => at < '3').length));
    expect(fewest).toBe(4);
    for (const colour of [1, 2, 3, 4, 5, 6]) {
      expect(icons.filter((icon) => icon.colour === colour).length).toBeGreaterThan(120);
    }
  });
});
