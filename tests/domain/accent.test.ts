import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accentPair, checkAccent, contrast, LEAST_CONTRAST, PAPER, SUNK } from '../../src/domain/accent.ts';

describe('contrast', () => {
  test.each([
    ['#000000', '#ffffff', 21],
    ['#ffffff', '#ffffff', 1],
    // Grey of the WCAG's own understanding documents: the lightest that passes on white.
    ['#767676', '#ffffff', 4.54],
    ['#00666a', '#ffffff', 6.76],
  ])('%s on %s: %d', (one, other, expected) => {
    expect(contrast(one, other)).toBeCloseTo(expected, 2);
    expect(contrast(other, one)).toBe(contrast(one, other));
  });
});

describe('checkAccent', () => {
  const pale = 'This colour is too pale to be read on a white page. Choose a darker one.';
  const form = 'Write the colour as # and six hexadecimal digits: #00666a.';

  test.each([
    ['#00666a', undefined],
    ['#FF6600', undefined],
    ['#000000', undefined],
    ['#ffd500', undefined],
    ['#ffffff', pale],
    ['#ffe0e6', pale],
    ['#fff', form],
    ['00666a', form],
    ['#00666g', form],
    ['teal', form],
    ['#00666a;}', form],
  ])('%s: %s', (colour, expected) => {
    expect(checkAccent(colour)).toBe(expected);
  });
});

describe('accentPair', () => {
  test('leaves a colour that can be read as it is', () => {
    expect(accentPair('#00666A').light).toEqual({ accent: '#00666a', onAccent: '#ffffff' });
    expect(accentPair('#62c9c2').dark).toEqual({ accent: '#62c9c2', onAccent: '#121617' });
  });

  test('the default has the shades of the style sheet', () => {
    const css = readFileSync(new URL('../../public/styles/tokenwire.css', import.meta.url), 'utf8');
    const { light, dark } = accentPair('#00666a');
    expect(css).toContain(`--accent: light-dark(${light.accent}, ${dark.accent});`);
    expect(css).toContain(`--paper: light-dark(#fff, ${PAPER.dark});`);
    expect(css).toContain(`--sunk: light-dark(${SUNK.light}, ${SUNK.dark});`);
  });

  test('keeps the hue of what it has to darken or lighten', () => {
    const { light, dark } = accentPair('#ff0000');
    expect(light.accent).toMatch(/^#[d-f][0-9a-f]0000$/);
    expect(dark.accent).toMatch(/^#ff([0-9a-f]{2})\1$/);
  });

  test('whatever the colour: readable on every ground of both themes, and so is text on it', () => {
    const colour = fc
      .integer({ min: 0, max: 0xffffff })
      .map((bits) => `#${bits.toString(16).padStart(6, '0')}`);
    fc.assert(
      fc.property(colour, (given) => {
        const { light, dark } = accentPair(given);
        expect(contrast(light.accent, PAPER.light)).toBeGreaterThanOrEqual(LEAST_CONTRAST);
        expect(contrast(dark.accent, PAPER.dark)).toBeGreaterThanOrEqual(LEAST_CONTRAST);
        expect(contrast(light.accent, SUNK.light)).toBeGreaterThanOrEqual(LEAST_CONTRAST);
        expect(contrast(dark.accent, SUNK.dark)).toBeGreaterThanOrEqual(LEAST_CONTRAST);
        expect(contrast(light.accent, light.onAccent)).toBeGreaterThanOrEqual(LEAST_CONTRAST);
        expect(contrast(dark.accent, dark.onAccent)).toBeGreaterThanOrEqual(LEAST_CONTRAST);
      }),
    );
  });
});
