/** What a saved view holds: the search parameters of a screen, and whether the screen opens with it. */
export interface SavedView {
  readonly name: string;
  readonly search: Readonly<Record<string, unknown>>;
  readonly isDefault: boolean;
}

const separator = '/';

/** The name that a view is kept under with the engine. */
export const itemName = (screen: string, name: string): string => `${screen}${separator}${name}`;

/** The views of a screen among all that are kept. */
export function viewsOf(
  screen: string,
  items: readonly { readonly name: string; readonly value: unknown }[],
): SavedView[] {
  const start = itemName(screen, '');
  return items.flatMap(({ name, value }) => {
    if (!name.startsWith(start)) return [];
    const { search, isDefault } = isRecord(value) ? value : {};
    return isRecord(search)
      ? [{ name: name.slice(start.length), search, isDefault: isDefault === true }]
      : [];
  });
}

/** The same parameters, in whatever order they stand. */
export function isSameSearch(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, sorted(one)]),
  );
}

const schema = 'auspex.view/1';

/** A view as text, to be given to somebody else. */
export function viewText(screen: string, { name, search }: Pick<SavedView, 'name' | 'search'>): string {
  return JSON.stringify({ schema, screen, name, search }, null, 2);
}

/** Reads such a text; undefined where it is none, or of another screen. What does not fit the screen falls to its defaults. */
export function readViewText(screen: string, text: string): Pick<SavedView, 'name' | 'search'> | undefined {
  try {
    const value = JSON.parse(text) as unknown;
    if (!isRecord(value) || value.schema !== schema || value.screen !== screen) return undefined;
    const { name, search } = value;
    if (typeof name !== 'string' || name.trim() === '' || !isRecord(search)) return undefined;
    return { name: name.trim().slice(0, 100), search };
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
