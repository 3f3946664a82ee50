import { readFile } from 'node:fs/promises';
import {
  readForecastBounds,
  readForecastChampionships,
  readForecastDays,
} from '../../../db/queries/football/forecast-days.ts';
import { dataInstant } from '../../../db/queries/analysis.ts';
import type { Database } from '../../../db/client.ts';
import { readDocumentsOf } from '../../../db/queries/football/publisher.ts';
import { countSaidForecasts, listSaidForecasts } from '../../../db/queries/football/said-forecasts.ts';
import type { ForecastFilter, LabelRecord, SelectionAccountRow } from '../../contract/forecasts.ts';
import type { Language } from '../../contract/domain.ts';
import { AppError } from '../../contract/errors.ts';
import { reportKinds, type ReportKind } from '../../contract/stages.ts';
import { dayAt } from '../../contract/zones.ts';
import { allFormats, isTextFormat, mediaTypeOf } from '../../documents/registry.ts';
import { saidForecast } from '../../football/evaluation/said-forecast.ts';
import type { PreviewTask } from '../../football/publisher/preview.ts';
import { safeJoin } from '../../runtime/files.ts';
import { runTask } from '../../runtime/run-task.ts';
import { engine } from './engine.ts';

const procedures = engine.forecasts;
const resultsWorker = new URL('../../workers/results.ts', import.meta.url);

/** Totals of filters for the state of the data that they were counted in: pages of one list count once. */
const totals = new Map<string, number>();
const mostTotals = 200;

function totalOf(database: Database, filter: ForecastFilter): number {
  const key = `${database.path} ${dataInstant(database)} ${JSON.stringify(filter)}`;
  const known = totals.get(key);
  if (known !== undefined) return known;
  if (totals.size >= mostTotals) totals.clear();
  const total = countSaidForecasts(database, filter);
  totals.set(key, total);
  return total;
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

export const forecasts = {
  list: procedures.list.handler(({ input, context }) => {
    const { order, isDescending, offset, limit, ...filter } = input;
    const rows = listSaidForecasts(context.reader(), { filter, order, isDescending, offset, limit });
    return { total: totalOf(context.reader(), filter), rows: rows.map(saidForecast) };
  }),
  scope: procedures.scope.handler(({ context }) => ({
    today: dayAt(context.clock.now(), context.settings().get('zone')),
    ...readForecastBounds(context.reader()),
    championships: readForecastChampionships(context.reader()),
  })),
  days: procedures.days.handler(({ input, context }) =>
    readForecastDays(context.reader(), input.limit).map((day) => ({ ...day, published: [...day.published] })),
  ),
  records: procedures.records.handler(async ({ context }) => {
    const { answer, age } = await context.analyses().answer<LabelRecord[]>({
      kind: 'label-records-1',
      about: {},
      worker: resultsWorker,
      handler: 'recordsByLabel',
    });
    return { records: answer, age };
  }),
  account: procedures.account.handler(async ({ context }) => {
    const { answer, age } = await context.analyses().answer<SelectionAccountRow[]>({
      kind: 'selection-account-2',
      about: {},
      worker: resultsWorker,
      handler: 'accountOfSelection',
    });
    return { rows: answer, age };
  }),
  preview: procedures.preview.handler(async ({ input, context, signal }) => {
    const { kind, day, variant, language, format } = input;
    const mediaType = mediaTypeOf(format);
    const name = `${kind}-${day}-${variant}.${language}.${format}`;
    const path = safeJoin(context.paths.documents, kind, day, `${variant}.${language}.${format}`);
    const published = await readIfThere(path);
    if (published) return { name, mediaType, isPublished: true, base64: published.toString('base64') };
    const today = dayAt(context.clock.now(), context.settings().get('zone'));
    const content = await runTask<Uint8Array>(
      { consumer: context.consumer(), signal: signal ?? new AbortController().signal },
      {
        worker: new URL('../../workers/publisher.ts', import.meta.url),
        handler: 'previewOne',
        task: {
          ...input,
          today,
          oddsFormat: context.settings().get('odds.format'),
          database: context.reader().path,
        } satisfies PreviewTask,
      },
    );
    return { name, mediaType, isPublished: false, base64: Buffer.from(content).toString('base64') };
  }),
  reports: procedures.reports.handler(({ context }) => {
    const files = readDocumentsOf(context.reader(), reportKinds);
    const reports = Map.groupBy(files, ({ kind, day }) => `${kind}/${day}`);
    return [...reports.values()].map((own) => ({
      kind: own[0]!.kind as ReportKind,
      day: own[0]!.day,
      languages: [...new Set(own.map(({ language }) => language as Language))],
      formats: [...new Set(own.map(({ format }) => format))],
    }));
  }),
  report: procedures.report.handler(async ({ input, context }) => {
    const { kind, day, language, format } = input;
    const file = readDocumentsOf(context.reader(), [kind]).find(
      (one) => one.day === day && one.language === language && one.format === format,
    );
    const content = file && (await readIfThere(safeJoin(context.paths.documents, file.path)));
    if (!content) {
      const wanted = `${kind} of ${day} in ${language} as ${format}`;
      throw new AppError('NOT_FOUND', `There is no report ${wanted}: make it anew.`, { detail: input });
    }
    return {
      name: `${kind}-${day}.${language}.${format}`,
      mediaType: mediaTypeOf(format),
      base64: content.toString('base64'),
    };
  }),
  formats: procedures.formats.handler(() =>
    allFormats.map((format) => ({ format, mediaType: mediaTypeOf(format), isText: isTextFormat(format) })),
  ),
};
