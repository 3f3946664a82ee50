/** What a cron expression says, as far as it is one of the plain ones. */
export type CronWords =
  | { readonly kind: 'daily'; readonly times: readonly string[] }
  /** Sunday is 0. */
  | { readonly kind: 'weekly'; readonly day: number; readonly times: readonly string[] }
  | { readonly kind: 'other' };

const plain = /^(\d{1,2}) (\d{1,2}(?:,\d{1,2})*) \* \* (\*|[0-7])$/;

/** Times of every day or of one day of the week are put into words; any other expression is shown as it is. */
export function cronWords(cron: string): CronWords {
  const match = plain.exec(cron.trim().replaceAll(/\s+/g, ' '));
  if (!match) return { kind: 'other' };
  const [, minute = '', hours = '', weekday] = match;
  const times = hours.split(',').map((hour) => `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`);
  return weekday === '*' ? { kind: 'daily', times } : { kind: 'weekly', day: Number(weekday) % 7, times };
}

/** The name of a day of the week, Sunday being 0. */
export function weekdayName(day: number, language: string): string {
  // 1 January 2023 was a Sunday.
  return new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }).format(
    Date.UTC(2023, 0, 1 + day),
  );
}
