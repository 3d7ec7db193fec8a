// The forum's icon: replies below each other, in its accent. Nothing in it says a name, so that every forum has its own by
// its colour alone. Its addresses change with what is drawn, so that browsers may keep it for good.
import { createHash } from 'node:crypto';
import { accentPair } from '../../domain/accent.ts';
import type { Site } from '../../web/site.ts';

/** The edges that are asked for: 180 by home screens of phones, 192 and 512 by manifests, 512 also by previews of links. */
const EDGES = { touch: 180, small: 192, large: 512 } as const;

/** @param accent `#rrggbb` that checkAccent has let pass */
export function iconOf(accent: string): Site['icon'] {
  const { light } = accentPair(accent);
  const svg = drawing(light.accent, light.onAccent);
  const digest = createHash('sha256').update(svg).digest('hex').slice(0, 16);
  const prefix = `/icon-${digest}`;
  return {
    svg,
    prefix,
    href: `${prefix}.svg`,
    touch: { href: `${prefix}-${EDGES.touch}.png`, edge: EDGES.touch },
    small: { href: `${prefix}-${EDGES.small}.png`, edge: EDGES.small },
    large: { href: `${prefix}-${EDGES.large}.png`, edge: EDGES.large },
  };
}

/** Bars within the circle that masks leave (of 0.8 of the edge), on a ground to the edge: it bears being cut to any shape. */
function drawing(ground: string, ink: string): string {
  const bars = ['7 8h18v4H7z', '11 14h14v4H11z', '15 20h10v4H15z'].map((bar) => `M${bar}`).join('');
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">` +
    `<path fill="${ground}" d="M0 0h32v32H0z"/><path fill="${ink}" d="${bars}"/></svg>`
  );
}
