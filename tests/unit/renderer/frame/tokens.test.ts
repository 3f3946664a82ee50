import { describe, expect, test } from 'vitest';
import { tokens } from '../../../../renderer/theme/tokens.ts';
import type { ColourTokens } from '../../../../renderer/theme/tokens.ts';

/** Relative luminance after WCAG 2.2. */
function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5]
    .map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((share) => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4)) as [
    number,
    number,
    number,
  ];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

const grounds = ['canvas', 'surface', 'raised', 'sunken', 'hover', 'selected'] as const;
const texts = ['text', 'muted', 'accent'] as const;
const pairs: readonly (readonly [keyof ColourTokens, keyof ColourTokens])[] = [
  ...texts.flatMap((text) => grounds.map((ground) => [text, ground] as const)),
  ...(['canvas', 'surface', 'raised', 'sunken'] as const).map((ground) => ['faint', ground] as const),
  ...(['good', 'warning', 'bad', 'info'] as const).flatMap((kind) => [
    [kind, 'surface'] as const,
    [kind, `${kind}Soft`] as const,
    ['text', `${kind}Soft`] as const,
  ]),
  ['onAccent', 'accentFill'],
  ['onHome', 'home'],
  ['onDraw', 'draw'],
  ['onAway', 'away'],
  ['axis', 'surface'],
];

describe.each(Object.entries(tokens))('%s colours', (_, colours) => {
  test.each(pairs)('%s can be read on %s (4.5 to 1)', (text, ground) => {
    expect(contrast(colours[text] as string, colours[ground] as string)).toBeGreaterThanOrEqual(4.5);
  });

  test('edges of controls and what charts draw stand out from their ground (3 to 1)', () => {
    for (const colour of [colours.edge, colours.home, colours.draw, colours.away, ...colours.series]) {
      expect(contrast(colour, colours.surface), colour).toBeGreaterThanOrEqual(3);
    }
  });

  test('are all six digits, none twice in the palette of series', () => {
    const all = Object.values(colours).flat() as string[];
    expect(all.filter((colour) => !/^#[0-9a-f]{6}$/.test(colour))).toEqual([]);
    expect(new Set(colours.series).size).toBe(colours.series.length);
  });
});
