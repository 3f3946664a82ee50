import { readAlertNews, readClearedAlerts, type ClearedAlert } from '../../db/queries/monitoring.ts';
import { wasQueued } from '../../db/queries/outbox.ts';
import { createOutbox } from '../channels/outbox.ts';
import { languagesOf, takesAlerts, takesSchema } from '../channels/takes.ts';
import { loadLocale } from '../documents/locale.ts';
import {
  alertDocumentName,
  alertMessage,
  clearedDocumentName,
  clearedMessage,
} from '../monitoring/alert-message.ts';
import { quietUntil } from '../runtime/schedule/quiet-hours.ts';
import type { Message } from '../channels/message.ts';
import { readChannels } from './channel-book.ts';
import type { EngineContext } from './engine-host.ts';

/** What became news longer ago is told to no channel any more, such as one that carries alerts from now on. */
const newsMs = 2 * 86_400_000;

/**
 * Puts the alerts that are news into the outbox, for each channel that carries them: those of one report are one message
 * a language. A channel that was told of an alert is told of its end as well. The outbox knows what was queued before, so nothing is queued twice, whatever was cut off. In quiet hours
 * it waits there until they end.
 *
 * @returns how many messages were queued
 */
export function queueAlerts(context: EngineContext): number {
  const settings = context.settings();
  const zone = settings.get('zone');
  const now = context.clock.now();
  const reader = context.reader();
  const since = now - newsMs;
  const news = Map.groupBy(readAlertNews(reader, { since }), ({ newsAt }) => newsAt);
  const ends = Map.groupBy(readClearedAlerts(reader, { since }), ({ clearedAt }) => clearedAt);
  if (news.size + ends.size === 0) return 0;
  const notBefore = quietUntil(now, settings.get('schedule.quietHours'), zone) ?? now;
  // Nothing is sent here, so no channel need be opened.
  const outbox = createOutbox({ database: context.writer(), clock: context.clock, channels: new Map() });
  let queued = 0;
  for (const { name, settings: own } of readChannels(context)) {
    const given = takesSchema.parse(own);
    const queueOnce = (document: string, write: () => Message): void => {
      if (wasQueued(reader, { channel: name, document })) return;
      outbox.queue(name, write(), { notBefore });
      queued++;
    };
    for (const locale of languagesOf(given).map((language) => loadLocale(language))) {
      const wasTold = ({ newsAt, severity }: ClearedAlert): boolean =>
        takesAlerts(given, severity) &&
        wasQueued(reader, { channel: name, document: alertDocumentName(newsAt, locale) });
      for (const [newsAt, alerts] of news) {
        const told = alerts.filter(({ severity }) => takesAlerts(given, severity));
        if (told.length === 0) continue;
        queueOnce(alertDocumentName(newsAt, locale), () => alertMessage(told, { newsAt, locale, zone }));
      }
      for (const [clearedAt, alerts] of ends) {
        const told = alerts.filter(wasTold);
        if (told.length === 0) continue;
        queueOnce(clearedDocumentName(clearedAt, locale), () =>
          clearedMessage(told, { clearedAt, locale, zone }),
        );
      }
    }
  }
  return queued;
}
