import type { LabelRecord, SaidForecast } from '../../../engine/contract/forecasts.ts';

/** What the forecasts of the same championship, type and label came to. */
export type RecordOf = (
  said: Pick<SaidForecast, 'championship' | 'type' | 'label'>,
) => LabelRecord | undefined;

/** Looks up a record: of forecasts made before kick-off or, where there are none yet, of replays (which say so). */
export function recordLookup(records: readonly LabelRecord[] | undefined): RecordOf {
  const keyOf = ({ championship, type, label }: Parameters<RecordOf>[0]): string =>
    `${championship} ${type} ${label}`;
  const found = new Map<string, LabelRecord>();
  for (const record of records ?? []) {
    const key = keyOf(record);
    if (record.origin === 'live' || !found.has(key)) found.set(key, record);
  }
  return (said) => found.get(keyOf(said));
}
