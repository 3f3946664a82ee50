import { openReader } from '../../db/client.ts';
import { readJudgedForecasts } from '../../db/queries/football/calibration.ts';
import type { CalibrationQuestion, CalibrationReport } from '../contract/calibration.ts';
import type { Sport } from '../contract/domain.ts';
import { calibrationReport } from '../football/evaluation/calibration/report.ts';
import { serve } from './serve.ts';

export const judgeCalibration = serve(
  (task: CalibrationQuestion & { readonly database: string; readonly sport: Sport }): CalibrationReport => {
    using database = openReader(task.database);
    return calibrationReport(readJudgedForecasts(database, task), task);
  },
);
