import type { Database } from '../../../db/client.ts';
import {
  readFirstDay,
  readSeasonsInPlay,
  readSettledForecasts,
} from '../../../db/queries/football/publisher.ts';
import { readSettledTypes } from '../../../db/queries/football/publisher-types.ts';
import type { Day, Language } from '../../contract/domain.ts';
import type { OddsFormat } from '../../contract/odds-format.ts';
import type { DocumentKind, Variant } from './day-data.ts';
import { forecastType } from './labels.ts';
import { createRunningRecord } from './record.ts';
import { renderDay } from './render.ts';
import { createTypeRecord } from './type-record.ts';

export interface PreviewTask {
  readonly database: string;
  readonly kind: DocumentKind;
  readonly day: Day;
  readonly variant: Variant;
  readonly language: Language;
  readonly format: string;
  readonly today: Day;
  readonly oddsFormat: OddsFormat;
}

/** One document as the publisher would write it now: of the championships that are forecast. Touches no file. */
export async function previewDocument(database: Database, task: PreviewTask): Promise<string | Uint8Array> {
  const { kind, day, variant, language, format } = task;
  const record = createRunningRecord();
  const typeRecord = createTypeRecord();
  const span = { from: readFirstDay(database) ?? day, before: day, forecastType };
  record.add(readSettledForecasts(database, span));
  typeRecord.add(readSettledTypes(database, span));
  const seasons = readSeasonsInPlay(database, task.today);
  const forecast = seasons.filter(({ isForecast }) => isForecast);
  const rendered = await renderDay(database, {
    database: task.database,
    kind,
    day,
    championshipIds: (forecast.length > 0 ? forecast : seasons).map(({ championshipId }) => championshipId),
    records: record.before(day),
    typeRecords: typeRecord.before(day),
    languages: [language],
    formats: [format],
    oddsFormat: task.oddsFormat,
  });
  return rendered.files.find((file) => file.variant === variant)!.content;
}
