import type { Database } from '../../db/client.ts';
import { readAlertNews } from '../../db/queries/monitoring.ts';
import { findRun } from '../../db/queries/runs.ts';
import type { Language } from '../contract/domain.ts';
import type { RunEvent } from '../contract/runs.ts';
import { loadLocale } from '../documents/locale.ts';
import { wordsOfFinding } from '../monitoring/words.ts';
import type { EngineEvents } from '../runtime/engine-events.ts';

/** More at once are counted rather than named. */
const namedAlerts = 3;

/** Whether a watch has just come to its end, and its alerts are to be told. */
export const isWatchDone = (event: RunEvent): boolean =>
  event.kind === 'state' && event.stage === 'monitor' && event.state === 'done';

/** Tells the screens of the alerts that a watch raised, or saw grow critical. */
export function announceAlerts(
  runId: number,
  to: { readonly database: Database; readonly events: EngineEvents; readonly language: Language },
): void {
  const locale = loadLocale(to.language);
  const instant = findRun(to.database, runId)?.instant;
  if (instant === undefined) return;
  const raised = readAlertNews(to.database, { since: instant }).filter(({ newsAt }) => newsAt === instant);
  for (const { finding } of raised.slice(0, namedAlerts)) {
    const { title, text } = wordsOfFinding(finding, locale);
    to.events.emit({ kind: 'alert', title: `${title}. ${text}`, address: '/monitoring' });
  }
  if (raised.length > namedAlerts) {
    const title = locale.t('monitoring.more-alerts', { n: raised.length - namedAlerts });
    to.events.emit({ kind: 'alert', title, address: '/monitoring' });
  }
}
