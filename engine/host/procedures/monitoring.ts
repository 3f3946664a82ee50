import {
  listMonitoringDays,
  readAlert,
  readAlerts,
  readMonitoringReport,
} from '../../../db/queries/monitoring.ts';
import { acknowledgeAlert } from '../../../db/storage/monitoring.ts';
import { AppError } from '../../contract/errors.ts';
import { engine } from './engine.ts';

export const monitoring = {
  report: engine.monitoring.report.handler(
    ({ input, context }) => readMonitoringReport(context.reader(), input.day) ?? null,
  ),
  days: engine.monitoring.days.handler(({ input, context }) =>
    listMonitoringDays(context.reader(), input.limit),
  ),
  alerts: engine.monitoring.alerts.handler(({ input, context }) => readAlerts(context.reader(), input)),
  acknowledge: engine.monitoring.acknowledge.handler(({ input, context }) => {
    if (!readAlert(context.reader(), input.id)) {
      throw new AppError('NOT_FOUND', `There is no alert ${input.id}.`, { detail: { alert: input.id } });
    }
    acknowledgeAlert(context.writer(), input.id, context.clock.now());
    return readAlert(context.writer(), input.id)!;
  }),
};
