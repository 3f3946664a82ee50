import {
  forecastChampionships,
  forecastingFamilies,
  judgedSpan,
} from '../../../db/queries/football/calibration.ts';
import { judgedModels, type CalibrationReport } from '../../contract/calibration.ts';
import { oneSport } from '../../football/model-table.ts';
import { engine } from './engine.ts';

const procedures = engine.calibration;
const worker = new URL('../../workers/calibration.ts', import.meta.url);

export const calibration = {
  options: procedures.options.handler(({ context }) => {
    const database = context.reader();
    const families = forecastingFamilies(database);
    return {
      models: judgedModels.filter(
        (model) => model === 'published' || model === 'closing' || families.includes(model),
      ),
      championships: forecastChampionships(database),
      ...judgedSpan(database),
    };
  }),
  report: procedures.report.handler(async ({ input, context }) => {
    const asked = input.championship === null ? undefined : [input.championship];
    const { sport } = oneSport(context.reader(), asked);
    const { answer, age } = await context.analyses().answer<CalibrationReport>({
      kind: 'calibration/1',
      about: { ...input, sport },
      worker,
      handler: 'judgeCalibration',
    });
    return { ...answer, age };
  }),
};
