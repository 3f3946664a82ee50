/** The names that hold, as one attribute. */
export function classNames(names: readonly (string | false | undefined)[]): string {
  return names.filter((name) => name !== false && name !== undefined).join(' ');
}
