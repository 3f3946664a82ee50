/** Groups of the palette and of the cheat sheet. */
export const commandCategories = [
  'go',
  'runs',
  'view',
  'edit',
  'export',
  'tabs',
  'models',
  'data',
  'settings',
  'help',
] as const;
export type CommandCategory = (typeof commandCategories)[number];

/** Something that can be done, from the palette, a menu or a key alike. */
export interface Command {
  /** Stable: shortcuts that the analyst chose are kept by it. */
  readonly id: string;
  /** In the language that is shown. */
  readonly title: string;
  readonly category: CommandCategory;
  /**
   * By physical keys, so that it works with every keyboard layout: `$mod+KeyK`, `Shift+Slash`, `KeyG KeyT` (one after the
   * other). `$mod` is Control, or Command on a Mac.
   */
  readonly shortcut?: string | undefined;
  /** Why it cannot be done now; it is shown, greyed, with this reason. */
  readonly disabledReason?: string | undefined;
  /** Further words that find it, in any language. */
  readonly keywords?: readonly string[] | undefined;
  readonly run: () => void;
}
