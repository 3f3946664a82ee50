import { tokens } from './tokens.ts';
import type { ThemeName } from './tokens.ts';

/** `accentFill` -> `--ax-accent-fill`; of lists, each with its place: `--ax-series-0`. */
export function cssVariables(theme: ThemeName): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tokens[theme]).flatMap(([name, value]: [string, string | readonly string[]]) => {
      const variable = `--ax-${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
      if (typeof value === 'string') return [[variable, value]];
      return value.map((colour, at) => [`${variable}-${at}`, colour]);
    }),
  );
}
