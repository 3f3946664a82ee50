import { createTheme } from '@mantine/core';
import type { CSSVariablesResolver, MantineColorsTuple } from '@mantine/core';
import { cssVariables } from './css-variables.ts';
import { tokens } from './tokens.ts';
import type { ThemeName } from './tokens.ts';

/** The one accent colour in ten shades, of which Mantine takes the fill from the sixth. */
const accent: MantineColorsTuple = [
  '#f2f0fd',
  '#e2defa',
  '#c4bdf4',
  '#a79dfa',
  '#8378e8',
  '#6f61de',
  '#5a48d0',
  '#4b3bb4',
  '#3c2f93',
  '#2d2370',
];

/** Cool greys that our surfaces are mixed from, so that the kit's own greys and ours agree. */
const dark: MantineColorsTuple = [
  '#e7eaef',
  '#adb6c2',
  '#8f9aa8',
  '#5f6a78',
  '#3a434e',
  '#293039',
  '#1c2129',
  '#15191f',
  '#0e1115',
  '#0a0d10',
];

const systemFonts =
  "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Cantarell, Ubuntu, sans-serif";
const systemMonospace =
  "ui-monospace, 'Cascadia Mono', 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace";

export const theme = createTheme({
  colors: { accent, dark },
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 5 },
  fontFamily: systemFonts,
  fontFamilyMonospace: systemMonospace,
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  lineHeights: { xs: '1.35', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.5' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  radius: { xs: '2px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'md',
  headings: {
    fontFamily: systemFonts,
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.25rem', lineHeight: '1.75rem' },
      h2: { fontSize: '0.9375rem', lineHeight: '1.375rem' },
      h3: { fontSize: '0.875rem', lineHeight: '1.25rem' },
    },
  },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'xs' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 28 } },
    TextInput: { defaultProps: { size: 'xs' } },
    NumberInput: { defaultProps: { size: 'xs' } },
    PasswordInput: { defaultProps: { size: 'xs' } },
    Textarea: { defaultProps: { size: 'xs' } },
    Select: { defaultProps: { size: 'xs', checkIconPosition: 'right' } },
    MultiSelect: { defaultProps: { size: 'xs' } },
    NativeSelect: { defaultProps: { size: 'xs' } },
    SegmentedControl: { defaultProps: { size: 'xs' } },
    Switch: { defaultProps: { size: 'sm', withThumbIndicator: false } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 350, multiline: true, maw: 360 } },
    Modal: { defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.4 } } },
    Menu: { defaultProps: { shadow: 'md', position: 'bottom-end', withinPortal: true } },
    Popover: { defaultProps: { shadow: 'md', withinPortal: true } },
  },
});

/** Our tokens as CSS variables, and the kit's own variables pointed at them. */
export const resolveCssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: { ...cssVariables('light'), ...kitVariables('light') },
  dark: { ...cssVariables('dark'), ...kitVariables('dark') },
});

function kitVariables(name: ThemeName): Record<string, string> {
  const { surface, raised, text, muted, faint, edge, hover, line, bad, accent: link } = tokens[name];
  return {
    '--mantine-color-body': surface,
    '--mantine-color-text': text,
    '--mantine-color-dimmed': muted,
    '--mantine-color-placeholder': faint,
    '--mantine-color-anchor': link,
    '--mantine-color-error': bad,
    '--mantine-color-default': raised,
    '--mantine-color-default-hover': hover,
    '--mantine-color-default-color': text,
    '--mantine-color-default-border': edge,
    '--mantine-color-disabled-color': faint,
    '--mantine-primary-color-light-color': link,
    '--mantine-color-accent-light-color': link,
    '--mantine-color-accent-text': link,
    '--mantine-color-accent-outline': link,
    '--mantine-color-gray-outline': edge,
    '--app-shell-border-color': line,
  };
}
