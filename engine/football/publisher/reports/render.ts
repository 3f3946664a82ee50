import { createHash } from 'node:crypto';
import type { Database } from '../../../../db/client.ts';
import { readLastEvaluation } from '../../../../db/queries/football/evaluation.ts';
import { readForecastingModels } from '../../../../db/queries/football/forecasting-models.ts';
import { listSaidForecasts } from '../../../../db/queries/football/said-forecasts.ts';
import { readForecastChampionships } from '../../../../db/queries/football/forecast-days.ts';
import { forecastFilterSchema } from '../../../contract/forecasts.ts';
import type { Day, Language } from '../../../contract/domain.ts';
import type { OddsFormat } from '../../../contract/odds-format.ts';
import type { ReportKind } from '../../../contract/stages.ts';
import { loadLocale, type Locale } from '../../../documents/locale.ts';
import type { DocumentModel } from '../../../documents/model.ts';
import { writeDocument } from '../../../documents/registry.ts';
import { evaluationDocument } from '../../evaluation/report/document.ts';
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
  readonly zone: string;
  readonly languages: readonly Language[];
  readonly formats: readonly string[];
  readonly oddsFormat: OddsFormat;
}

/** Undefined where there is nothing to tell of yet. */
type Builder = (data: ReportData, locale: Locale) => DocumentModel | undefined;

const builders: Readonly<Record<ReportKind, Builder>> = {
  digest: digestDocument,
  'all-time': allTimeDocument,
  'model-card': modelCardDocument,
  evaluation: lastEvaluation,
};

/** The last evaluation that was made with its details, as it was then. */
function lastEvaluation({ evaluation, zone }: ReportData, locale: Locale): DocumentModel | undefined {
  if (!evaluation) return undefined;
  const { report, at, day } = evaluation;
  return { ...evaluationDocument(report, locale, { at, day, zone }), variant: 'regular' };
}

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
      if (!document) continue;
      for (const format of task.formats.filter((one) => !eventFormats.includes(one))) {
        const content = await writeDocument(document, locale, format);
        const sha256 = createHash('sha256').update(content).digest('hex');
        files.push({ kind, variant: 'regular', language, format, content, sha256 });
      }
    }
  }
  return files;
}

function readReportData(database: Database, { day, kinds, zone }: ReportTask): ReportData {
  const all = readSettledSaid(database, forecastFilterSchema.parse({})).filter((one) => one.day < day);
  const live = all.filter(({ isLive }) => isLive);
  const coming = listSaidForecasts(database, {
    filter: forecastFilterSchema.parse({ state: 'coming', isSelected: true }),
    ...{ order: 'kick-off', isDescending: false, offset: 0, limit: 20_000 },
  });
  return {
    ...{ day, zone },
    madeAt: coming.length === 0 ? null : coming.reduce((newest, one) => Math.max(newest, one.madeAt), 0),
    settled: live.length > 0 ? live : all,
    isReplayed: live.length === 0,
    hasSamples: readForecastChampionships(database).some(({ isSample }) => isSample),
    coming,
    models: readForecastingModels(database),
    evaluation: kinds.includes('evaluation') ? readLastEvaluation(database) : undefined,
  };
}
