// The generated stylesheet: readable in every colour, and known by its content.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkAccent, contrast, LEAST_CONTRAST } from '../../../src/domain/accent.ts';
import { themeOf } from '../../../src/features/site/theme.ts';

/** The two colours of a token, light first. */
function colours(css: string, token: string): [string, string] {
  const [, light = '', dark = ''] =
    new RegExp(`--${token}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(css) ?? [];
  return [light, dark];
}

test('an accent that is readable stands in the stylesheet as it was chosen', () => {
  const { css, href } = themeOf('#00666a');
  expect(colours(css, 'accent')[0]).toBe('#00666a');
  expect(css).toMatch(/^:root \{/);
  expect(href).toMatch(/^\/theme-[0-9a-f]{16}\.css$/);
});

test('the address changes with the colour, and only with it', () => {
  expect(themeOf('#00666a').href).toBe(themeOf('#00666a').href);
  expect(themeOf('#00666a').href).not.toBe(themeOf('#00666b').href);
});

test('the ground of new replies is tinted and leaves the accent readable on it, whatever the accent', () => {
  expect(colours(themeOf('#00666a').css, 'wash')).toEqual(['#e0eded', '#203636']);
  const usable = fc
    .integer({ min: 0, max: 0xffffff })
    .map((bits) => `#${bits.toString(16).padStart(6, '0')}`)
    .filter((colour) => checkAccent(colour) === undefined);
  fc.assert(
    fc.property(usable, (colour) => {
      const { css } = themeOf(colour);
      const accents = colours(css, 'accent');
      const washes = colours(css, 'wash');
      return accents.every((accent, theme) => contrast(accent, washes[theme] ?? '') >= LEAST_CONTRAST);
    }),
  );
});
