import type { Database } from '../../../db/client.ts';
import { findRun } from '../../../db/queries/runs.ts';
import { listStudies, readStudy, type StoredStudyRow } from '../../../db/queries/studies.ts';
import { AppError } from '../../contract/errors.ts';
import type { Study, StudyDetail } from '../../contract/studies.ts';
import type { TuningReport } from '../../contract/tuning.ts';
import { openSettings } from '../../runtime/settings.ts';
import type { EngineContext } from '../engine-host.ts';
import { engine } from './engine.ts';

const procedures = engine.studies;
const worker = new URL('../../workers/studies.ts', import.meta.url);

export const studies = {
  list: procedures.list.handler(({ context }) => {
    const used = studiesInUse(context);
    return listStudies(context.reader()).map((study) => withUse(study, used));
  }),
  show: procedures.show.handler(({ input, context }): StudyDetail => {
    const database = context.reader();
    const { study, ...rest } = readStudy(database, input.id);
    return { study: withUse(study, studiesInUse(context)), ...rest, present: presentOf(database, study) };
  }),
  importances: procedures.importances.handler(async ({ input, context }) => {
    const { study } = readStudy(context.reader(), input.id);
    const { answer } = await context.analyses().answer<TuningReport['importances']>({
      kind: 'study/1',
      // What the answer rests on: a study under way has more complete trials every time.
      about: { id: study.id, complete: study.trials.complete },
      worker,
      handler: 'measureParameters',
    });
    return answer;
  }),
  use: procedures.use.handler(({ input, context }) => {
    const database = context.writer();
    const settings = openSettings(database, context.clock);
    const previous = settings.get('processing.studies');
    const { study } = readStudy(database, input.id);
    const others = studiesInUse(context).filter(
      (id) => id !== study.id && readStudy(database, id).study.family !== study.family,
    );
    if (input.inUse && (study.state !== 'done' || !study.best)) {
      throw new AppError('USAGE', `Study ${study.id} is ${study.state}: only a finished one can be used.`, {
        detail: { study: study.id, state: study.state },
      });
    }
    const now = (input.inUse ? [...others, study.id] : others).sort((a, b) => a - b).join(',');
    settings.set('processing.studies', now);
    return { previous, now };
  }),
};

function studiesInUse(context: EngineContext): number[] {
  const setting = context.settings().get('processing.studies');
  return setting === '' ? [] : setting.split(',').map(Number);
}

function withUse(study: StoredStudyRow, used: readonly number[]): Study {
  return { ...study, inUse: used.includes(study.id) };
}

/** The run's report has it once the study is done. */
function presentOf(database: Database, { runId }: StoredStudyRow): number | null {
  const report =
    runId === null ? undefined : (findRun(database, runId)?.result as TuningReport | null | undefined);
  return report?.present.logLoss ?? null;
}
