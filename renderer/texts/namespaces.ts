/** A file's texts; nested by topic. */
export type TextTree = { readonly [key: string]: string | TextTree };

/** `./en/today.json` -> `today`. */
export function byNamespace(files: Readonly<Record<string, unknown>>): Record<string, TextTree> {
  return Object.fromEntries(
    Object.entries(files).map(([path, tree]) => [
      path.slice(path.lastIndexOf('/') + 1, -'.json'.length),
      tree as TextTree,
    ]),
  );
}
