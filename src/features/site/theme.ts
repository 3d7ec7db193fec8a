// The accent as a stylesheet of its own: the policy on styles forbids it inline, and its address changes with its
// content, so that browsers may keep it for good.
import { createHash } from 'node:crypto';
import { accentPair, contrast, LEAST_CONTRAST, PAPER } from '../../domain/accent.ts';
import type { Site } from '../../web/site.ts';

/** How much of the accent the ground of new replies takes, of 1. */
const MOST_WASHED = { light: 0.12, dark: 0.18 } as const;

/**
 * The stylesheet that overrides the accent of public/styles (it stands outside the layers there), and its path.
 * @param accent `#rrggbb` that checkAccent has let pass
 */
export function themeOf(accent: string): Site['theme'] {
  const { light, dark } = accentPair(accent);
  const wash = {
    light: washOf(light.accent, PAPER.light, MOST_WASHED.light),
    dark: washOf(dark.accent, PAPER.dark, MOST_WASHED.dark),
  };
  const css = `:root {
  --accent: light-dark(${light.accent}, ${dark.accent});
  --on-accent: light-dark(${light.onAccent}, ${dark.onAccent});
  --wash: light-dark(${wash.light}, ${wash.dark});
}
`;
  const digest = createHash('sha256').update(css).digest('hex').slice(0, 16);
  return { css, href: `/theme-${digest}.css` };
}

/** The paper with as much of the accent in it as leaves text in the accent readable on it (WCAG 2.2, 1.4.3). */
function washOf(accent: string, paper: string, most: number): string {
  for (let share = most; share > 0; share -= 0.01) {
    const wash = mixed(accent, paper, share);
    if (contrast(accent, wash) >= LEAST_CONTRAST) return wash;
  }
  return paper;
}

/** `share` (of 1) of one colour in another, channel by channel; both `#rrggbb`. */
function mixed(colour: string, into: string, share: number): string {
  const channel = (text: string, at: number) => Number.parseInt(text.slice(at, at + 2), 16);
  const mix = (at: number) => Math.round(channel(colour, at) * share + channel(into, at) * (1 - share));
  return `#${[1, 3, 5].map((at) => mix(at).toString(16).padStart(2, '0')).join('')}`;
}
