import type { ScheduleTask } from '../../contract/schedule.ts';

/**
 * The day as the program proposes it, all switched off until the analyst wants them: results in the night, prices and
 * forecasts before the day's matches, documents right after, and a look at everything once a week.
 */
export const builtInTasks: readonly ScheduleTask[] = [
  task('backup', 'backup', '0 2 * * *'),
  task('results', 'fetch', '30 6 * * *'),
  task('prices', 'fetch', '0 9,12,17 * * *'),
  task('forecast', 'forecast', '15 7,12 * * *'),
  task('publish', 'publish', '45 7,12 * * *'),
  task('retrain', 'retrain', '0 3 * * 1'),
  task('evaluate', 'evaluate', '0 5 * * 1'),
  task('monitor', 'monitor', '0 8 * * *'),
];

function task(name: string, kind: ScheduleTask['kind'], cron: string): ScheduleTask {
  return { name, kind, cron, parameters: {}, enabled: false };
}
