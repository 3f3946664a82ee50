/** Names of time zones for a list, the given one among them. */
export function zoneNames(present: string): string[] {
  return [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone'), present])].sort();
}
