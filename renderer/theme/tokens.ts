/** Colours of one theme. Every pair that text is read on is held to WCAG contrast by a test. */
export interface ColourTokens {
  /** Behind everything. */
  readonly canvas: string;
  /** Cards, panels, tables. */
  readonly surface: string;
  /** Menus, dialogs, toasts. */
  readonly raised: string;
  /** Wells: heads of tables, the rail, inputs that cannot be changed. */
  readonly sunken: string;
  readonly hover: string;
  readonly selected: string;
  /** Hairlines that separate. */
  readonly line: string;
  /** Edges of controls: 3 to 1 against the surface. */
  readonly edge: string;
  readonly text: string;
  readonly muted: string;
  readonly faint: string;
  readonly accent: string;
  readonly accentFill: string;
  readonly onAccent: string;
  readonly good: string;
  readonly goodSoft: string;
  readonly warning: string;
  readonly warningSoft: string;
  readonly bad: string;
  readonly badSoft: string;
  readonly info: string;
  readonly infoSoft: string;
  /** Outcomes, the same everywhere, and never the only sign of what is what. */
  readonly home: string;
  readonly draw: string;
  readonly away: string;
  /** Text upon a bar of that colour. */
  readonly onHome: string;
  readonly onDraw: string;
  readonly onAway: string;
  /** Charts: history, grid, axis text. */
  readonly grid: string;
  readonly axis: string;
  /** For any number of things without colours of their own; safe for the colour-blind (Okabe and Ito, adapted). */
  readonly series: readonly string[];
  /** From little to much. */
  readonly sequential: readonly string[];
  /** From one extreme through neutral to the other. */
  readonly diverging: readonly string[];
}

export type ThemeName = 'light' | 'dark';

export const tokens: Readonly<Record<ThemeName, ColourTokens>> = {
  light: {
    canvas: '#f5f6f8',
    surface: '#ffffff',
    raised: '#ffffff',
    sunken: '#eef0f3',
    hover: '#f0f1f5',
    selected: '#ebe9fb',
    line: '#dde1e7',
    edge: '#858e9c',
    text: '#181c23',
    muted: '#4c5563',
    faint: '#626c7a',
    accent: '#5240c4',
    accentFill: '#5a48d0',
    onAccent: '#ffffff',
    good: '#136f3f',
    goodSoft: '#e3f4ea',
    warning: '#865400',
    warningSoft: '#fdf1d9',
    bad: '#b3261e',
    badSoft: '#fde9e7',
    info: '#1c5fa8',
    infoSoft: '#e6f0fb',
    home: '#1f6fb5',
    draw: '#7a828e',
    away: '#c2540a',
    onHome: '#ffffff',
    onDraw: '#000000',
    onAway: '#ffffff',
    grid: '#e6e9ee',
    axis: '#56606e',
    series: ['#1f6fb5', '#c2540a', '#0b7d5c', '#a0468c', '#8a6d00', '#3a8fb7', '#5240c4', '#6b7280'],
    sequential: ['#f3f1fd', '#d9d4f8', '#b5abf0', '#8b7ce4', '#6552d2', '#4533a6', '#2b1f70'],
    diverging: ['#a54005', '#d8824a', '#f0c9ad', '#eceef1', '#b2cfe8', '#5f9bd0', '#1a5d99'],
  },
  dark: {
    canvas: '#0e1115',
    surface: '#15191f',
    raised: '#1c2129',
    sunken: '#0a0d10',
    hover: '#1d232b',
    selected: '#27244a',
    line: '#293039',
    edge: '#6a7584',
    text: '#e7eaef',
    muted: '#adb6c2',
    faint: '#8f9aa8',
    accent: '#a79dfa',
    accentFill: '#6557dc',
    onAccent: '#ffffff',
    good: '#5fcf93',
    goodSoft: '#12301f',
    warning: '#e9b454',
    warningSoft: '#33270d',
    bad: '#ff8f85',
    badSoft: '#3b1715',
    info: '#7ab6f5',
    infoSoft: '#11283f',
    home: '#4a9be0',
    draw: '#8b95a3',
    away: '#ee8a45',
    onHome: '#04101b',
    onDraw: '#04101b',
    onAway: '#1b0d02',
    grid: '#242b34',
    axis: '#a0aab7',
    series: ['#4a9be0', '#ee8a45', '#3fbf94', '#d886c3', '#d3b13f', '#7cc7e4', '#a79dfa', '#9aa3ae'],
    sequential: ['#1b1a2b', '#2c2856', '#433a8c', '#5f53bd', '#8274e0', '#aaa0f3', '#d8d3fd'],
    diverging: ['#f39a5c', '#b5652c', '#65402a', '#2a3038', '#254a6b', '#3d7fb8', '#76bbf2'],
  },
};
