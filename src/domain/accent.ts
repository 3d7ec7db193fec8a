// The forum's accent colour, made readable in both themes. Links and buttons are drawn in it, so it must reach
// the contrast that WCAG 2.2 asks of text (success criterion 1.4.3, level AA).
import type { Fault } from './check.ts';

/** The page's ground in each theme; public/styles has the same two. */
export const PAPER = { light: '#ffffff', dark: '#121617' } as const;

/** The ground of pinned rows and notices, on which the accent also stands: `--sunk` in public/styles. */
export const SUNK = { light: '#f3f5f4', dark: '#1b2122' } as const;

/** WCAG 2.2, 1.4.3. */
export const LEAST_CONTRAST = 4.5;

// Thin light strokes on a dark ground need more than the least; so does a calm look.
const DARK_CONTRAST = 7;

/** How much lightness (of 1) may be taken from a colour before it is another: a pale yellow would become brown. */
const MOST_DARKENED = 0.4;

export interface Accent {
  readonly accent: string;
  /** The colour of text on a ground of the accent. */
  readonly onAccent: string;
}

export interface AccentPair {
  readonly light: Accent;
  readonly dark: Accent;
}

/** The default accent's shades, chosen by eye; public/styles has the same. */
const DEFAULT_PAIR: AccentPair = {
  light: { accent: '#00666a', onAccent: '#ffffff' },
  dark: { accent: '#62c9c2', onAccent: '#04201f' },
};

interface Hsl {
  /** 0 to 360. */
  readonly hue: number;
  /** 0 to 1, as is lightness. */
  readonly saturation: number;
  readonly lightness: number;
}

/** Checks that a colour is written `#rrggbb` and can be used on a light page without becoming another colour. */
export function checkAccent(colour: string): Fault {
  if (!/^#[0-9a-f]{6}$/i.test(colour)) return 'Write the colour as # and six hexadecimal digits: #00666a.';
  const light = shade(colour, SUNK.light, LEAST_CONTRAST);
  if (toHsl(colour).lightness - toHsl(light).lightness > MOST_DARKENED) {
    return 'This colour is too pale to be read on a white page. Choose a darker one.';
  }
  return undefined;
}

/**
 * The accent in both themes: the given colour, as far as needed darker on light paper and lighter on dark paper,
 * with hue and saturation kept. Text on the accent has the colour of the paper, and so a contrast no lower.
 * @param colour `#rrggbb` that checkAccent has let pass
 */
export function accentPair(colour: string): AccentPair {
  if (colour.toLowerCase() === DEFAULT_PAIR.light.accent) return DEFAULT_PAIR;
  return {
    light: { accent: shade(colour, SUNK.light, LEAST_CONTRAST), onAccent: PAPER.light },
    dark: { accent: shade(colour, PAPER.dark, DARK_CONTRAST), onAccent: PAPER.dark },
  };
}

/** Contrast of two colours, 1 to 21: WCAG 2.2, "contrast ratio". */
export function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/** WCAG 2.2, "relative luminance", with the threshold of sRGB (IEC 61966-2-1). */
function luminance(colour: string): number {
  const [red, green, blue] = toRgb(colour).map((channel) =>
    channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4,
  ) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The colour itself when it stands out enough from the ground, else its nearest shade that does. */
function shade(colour: string, ground: string, least: number): string {
  const { hue, saturation, lightness } = toHsl(colour);
  const step = ground === PAPER.dark ? 0.01 : -0.01;
  let shaded = colour.toLowerCase();
  for (let steps = 1; contrast(shaded, ground) < least && steps <= 100; steps++) {
    shaded = toHex({ hue, saturation, lightness: Math.min(1, Math.max(0, lightness + steps * step)) });
  }
  return shaded;
}

function toRgb(colour: string): [number, number, number] {
  const bits = Number.parseInt(colour.slice(1), 16);
  return [(bits >> 16) / 255, ((bits >> 8) & 255) / 255, (bits & 255) / 255];
}

/** CSS Color Module Level 4, section 7: RGB to HSL and back. */
function toHsl(colour: string): Hsl {
  const [red, green, blue] = toRgb(colour);
  const most = Math.max(red, green, blue);
  const range = most - Math.min(red, green, blue);
  const lightness = most - range / 2;
  if (range === 0) return { hue: 0, saturation: 0, lightness };
  const sixth =
    most === red
      ? ((green - blue) / range + 6) % 6
      : most === green
        ? (blue - red) / range + 2
        : (red - green) / range + 4;
  return { hue: 60 * sixth, saturation: range / (1 - Math.abs(2 * lightness - 1)), lightness };
}

function toHex({ hue, saturation, lightness }: Hsl): string {
  const reach = saturation * Math.min(lightness, 1 - lightness);
  const channel = (offset: number): string => {
    const k = (offset + hue / 30) % 12;
    const value = lightness - reach * Math.max(-1, Math.min(k - 3, 9 - k, 1));
    return Math.round(value * 255)
      .toString(16)
      .padStart(2, '0');
  };
  return `#${channel(0)}${channel(8)}${channel(4)}`;
}
