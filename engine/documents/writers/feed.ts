import { eventsOf } from '../events.ts';
import { escapeMarkup as e } from '../text.ts';
import type { Writer } from '../writer.ts';

/** RSS 2.0 with one item a match. Dates are those of the forecasts, so writing again changes nothing. */
export const feedWriter: Writer = {
  format: 'rss',
  mediaType: 'application/rss+xml; charset=utf-8',
  write(document, locale) {
    const { kind, variant, day, language, title, subtitle, lead, provenance } = document;
    const name = `urn:auspex:${kind}:${day}:${variant}:${language}`;
    const date =
      provenance.madeAt === null ? '' : `<pubDate>${new Date(provenance.madeAt).toUTCString()}</pubDate>`;
    const items = eventsOf(document, locale).map((event) => {
      const lines = event.forecasts.map(({ type, outcome, probability }) =>
        probability === null ? `${type}: ${outcome}` : `${type}: ${outcome} (${locale.percent(probability)})`,
      );
      const score = event.score === null ? '' : ` ${event.score}`;
      const said =
        lines.length > 0 ? lines.join('; ') : (event.failure ?? locale.t('documents.cells.no-data'));
      return `<item><title>${e(`${event.names.join(' – ')}${score}`)}</title><description>${e(said)}</description><category>${e(event.place)}</category><guid isPermaLink="false">${e(`${name}:${event.id}`)}</guid>${date}</item>`;
    });
    return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel>
<title>${e(`${title} · ${subtitle}`)}</title><link>${e(name)}</link><description>${e(lead.join(' '))}</description><language>${language}</language>${date}
${items.join('\n')}
</channel></rss>
`;
  },
};
