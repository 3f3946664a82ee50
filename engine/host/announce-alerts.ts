import type { Database } from '../../db/client.ts';
import { alertsRaisedBy } from '../../db/queries/monitoring.ts';
import type { Language } from '../contract/domain.ts';
import type { RunEvent } from '../contract/runs.ts';
import { loadLocale } from '../documents/locale.ts';
import { wordsOfFinding } from '../monitoring/words.ts';
import type { EngineEvents } from '../runtime/engine-events.ts';

/** More at once are counted rather than named. */
const namedAlerts = 3;

/** Tells the screens of the alerts that a watch has just raised, when its run is done. */
export function announceAlerts(
  event: RunEvent,
  to: { readonly database: Database; readonly events: EngineEvents; readonly language: Language },
): void {
  if (event.kind !== 'state' || event.stage !== 'monitor' || event.state !== 'done') return;
  const locale = loadLocale(to.language);
  const raised = alertsRaisedBy(to.database, event.runId);
  for (const { finding } of raised.slice(0, namedAlerts)) {
    const { title, text } = wordsOfFinding(finding, locale);
    to.events.emit({ kind: 'alert', title: `${title}. ${text}`, address: '/monitoring' });
  }
  if (raised.length > namedAlerts) {
    const title = locale.t('monitoring.more-alerts', { n: raised.length - namedAlerts });
    to.events.emit({ kind: 'alert', title, address: '/monitoring' });
  }
}
