import { readChallengers } from '../../../db/queries/challengers.ts';
import {
  listMonitoringDays,
  readAlert,
  readAlerts,
  readMonitoringReport,
} from '../../../db/queries/monitoring.ts';
import { acknowledgeAlert } from '../../../db/storage/monitoring.ts';
import type { Language } from '../../contract/domain.ts';
import { AppError } from '../../contract/errors.ts';
import type { Alert, WordedAlert } from '../../contract/monitoring.ts';
import { loadLocale, type Locale } from '../../documents/locale.ts';
import { outcomeWords, wordsOfFinding } from '../../monitoring/words.ts';
import type { EngineContext } from '../engine-host.ts';
import { engine } from './engine.ts';

const localeFor = (asked: Language | undefined, { settings }: Pick<EngineContext, 'settings'>): Locale =>
  loadLocale(asked ?? settings().get('language'));

const inWords = (alert: Alert, locale: Locale): WordedAlert => ({
  ...alert,
  words: wordsOfFinding(alert.finding, locale),
});

export const monitoring = {
  report: engine.monitoring.report.handler(({ input, context }) => {
    const report = readMonitoringReport(context.reader(), input.day);
    if (!report) return null;
    const locale = localeFor(input.language, context);
    const findings = report.findings.map((one) => ({ ...one, words: wordsOfFinding(one, locale) }));
    return { ...report, findings };
  }),
  days: engine.monitoring.days.handler(({ input, context }) =>
    listMonitoringDays(context.reader(), input.limit),
  ),
  alerts: engine.monitoring.alerts.handler(({ input, context }) => {
    const locale = localeFor(input.language, context);
    return readAlerts(context.reader(), input).map((alert) => inWords(alert, locale));
  }),
  challengers: engine.monitoring.challengers.handler(({ input, context }) => {
    const locale = localeFor(input.language, context);
    return readChallengers(context.reader(), input.limit).map((one) => ({
      ...one,
      reasons: one.reasons.map((finding) => ({ ...finding, words: wordsOfFinding(finding, locale) })),
      outcome: outcomeWords(one, locale),
    }));
  }),
  acknowledge: engine.monitoring.acknowledge.handler(({ input, context }) => {
    if (!readAlert(context.reader(), input.id)) {
      throw new AppError('NOT_FOUND', `There is no alert ${input.id}.`, { detail: { alert: input.id } });
    }
    const database = context.writer();
    acknowledgeAlert(database, input.id, context.clock.now());
    return inWords(readAlert(database, input.id)!, localeFor(input.language, context));
  }),
};
