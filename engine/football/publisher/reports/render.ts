import { createHash } from 'node:crypto';
import type { Database } from '../../../../db/client.ts';
import { readForecastingModels } from '../../../../db/queries/football/forecasting-models.ts';
import { listSaidForecasts } from '../../../../db/queries/football/said-forecasts.ts';
import { readForecastChampionships } from '../../../../db/queries/football/forecast-days.ts';
import { forecastFilterSchema } from '../../../contract/forecasts.ts';
import type { Day, Instant, Language } from '../../../contract/domain.ts';
import type { OddsFormat } from '../../../contract/odds-format.ts';
import type { ReportKind } from '../../../contract/stages.ts';
import { loadLocale, type Locale } from '../../../documents/locale.ts';
import type { DocumentModel } from '../../../documents/model.ts';
import { writeDocument } from '../../../documents/registry.ts';
import { readSettledSaid } from '../../evaluation/settled-forecasts.ts';
import type { RenderedFile } from '../render.ts';
import { allTimeDocument } from './all-time.ts';
import { digestDocument } from './digest.ts';
import { modelCardDocument } from './model-card.ts';
import type { ReportData } from './report.ts';

export interface ReportTask {
  readonly database: string;
  readonly kinds: readonly ReportKind[];
  readonly day: Day;
  readonly madeAt: Instant;
  readonly zone: string;
  readonly languages: readonly Language[];
  readonly formats: readonly string[];
  readonly oddsFormat: OddsFormat;
}

const builders: Readonly<Record<ReportKind, (data: ReportData, locale: Locale) => DocumentModel>> = {
  digest: digestDocument,
  'all-time': allTimeDocument,
  'model-card': modelCardDocument,
};

/** Calendars, feeds and cards show matches, of which reports tell none apart. */
const eventFormats: readonly string[] = ['ics', 'rss', 'png'];

/** Reads what is settled by a day once and words all reports asked for; touches no file. */
export async function renderReports(
  database: Database,
  task: ReportTask,
): Promise<(RenderedFile & { readonly kind: ReportKind })[]> {
  const data = readReportData(database, task);
  const files: (RenderedFile & { readonly kind: ReportKind })[] = [];
  for (const kind of task.kinds) {
    for (const language of task.languages) {
      const locale = loadLocale(language, task.oddsFormat);
      const document = builders[kind](data, locale);
      for (const format of task.formats.filter((one) => !eventFormats.includes(one))) {
        const content = await writeDocument(document, locale, format);
        const sha256 = createHash('sha256').update(content).digest('hex');
        files.push({ kind, variant: 'regular', language, format, content, sha256 });
      }
    }
  }
  return files;
}

function readReportData(database: Database, { day, madeAt, zone }: ReportTask): ReportData {
  const all = readSettledSaid(database, forecastFilterSchema.parse({})).filter((one) => one.day < day);
  const live = all.filter(({ isLive }) => isLive);
  const coming = listSaidForecasts(database, {
    filter: forecastFilterSchema.parse({ state: 'coming', isSelected: true }),
    ...{ order: 'kick-off', isDescending: false, offset: 0, limit: 20_000 },
  });
  return {
    ...{ day, madeAt, zone },
    settled: live.length > 0 ? live : all,
    isReplayed: live.length === 0,
    hasSamples: readForecastChampionships(database).some(({ isSample }) => isSample),
    coming,
    models: readForecastingModels(database),
  };
}
