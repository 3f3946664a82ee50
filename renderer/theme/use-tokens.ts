import { useComputedColorScheme } from '@mantine/core';
import { tokens } from './tokens.ts';
import type { ColourTokens, ThemeName } from './tokens.ts';

/** The theme that is shown now, `system` resolved. */
function useThemeName(): ThemeName {
  return useComputedColorScheme('light', { getInitialValueInEffect: false });
}

/** The colours that are shown now. */
export function useTokens(): ColourTokens {
  return tokens[useThemeName()];
}
