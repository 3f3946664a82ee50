import { describe, expect, test } from 'vitest';
import { styleSheet } from '../../../engine/documents/writers/html-style.ts';

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(colour: string): number {
  const hex =
    colour.length === 4 ? [...colour.slice(1)].map((digit) => digit + digit).join('') : colour.slice(1);
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const palettes = [...styleSheet.matchAll(/:root\{([^}]*)\}/g)].map(
  ([, block = '']) =>
    new Map(
      [...block.matchAll(/--([\w-]+):(#[0-9a-f]+)/g)].map(([, name = '', colour = '']) => [name, colour]),
    ),
);

describe.each([
  ['light', palettes[0]],
  ['dark', palettes[1]],
  ['paper', palettes[2]],
])('the colours in %s', (_, palette) => {
  const of = (a: string, b: string): number => contrast(palette?.get(a) ?? '', palette?.get(b) ?? '');

  test.each([
    ['ink', 'paper'],
    ['muted', 'paper'],
    ['muted', 'wash'],
    ['on-0', 'class-0'],
    ['on-1', 'class-1'],
    ['on-2', 'class-2'],
    ['good', 'good-wash'],
    ['bad', 'bad-wash'],
    ['warn', 'warn-wash'],
    ['quality', 'quality-wash'],
  ])('text in %s can be read on %s (4.5 to 1)', (text, ground) => {
    expect(of(text, ground)).toBeGreaterThanOrEqual(4.5);
  });

  test.each(['class-0', 'class-1', 'class-2', 'good', 'bad'])(
    '%s stands out from the page (3 to 1)',
    (colour) => {
      expect(of(colour, 'paper')).toBeGreaterThanOrEqual(3);
    },
  );
});
