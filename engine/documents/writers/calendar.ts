import { eventsOf } from '../events.ts';
import type { DocumentEvent } from '../events.ts';
import type { Locale } from '../locale.ts';
import { singleLine } from '../text.ts';
import type { Writer } from '../writer.ts';

/** What a match takes with its break. */
const durationText = 'PT2H';

/**
 * iCalendar (RFC 5545) of the kick-offs, one event a match. An event's id is the match's own, so a calendar that reads
 * the file again moves an event rather than adding it. A match without an hour is an event of the whole day.
 */
export const calendarWriter: Writer = {
  format: 'ics',
  mediaType: 'text/calendar; charset=utf-8',
  write(document, locale) {
    const stamp = document.provenance.madeAt;
    const lines = [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Auspex//Documents//EN',
      'CALSCALE:GREGORIAN',
      'METHOD:PUBLISH',
      `X-WR-CALNAME:${escaped(document.title)}`,
      ...eventsOf(document, locale).flatMap((event) => eventLines(event, stamp ?? event.start, locale)),
      'END:VCALENDAR',
    ];
    return `${lines.map(folded).join('\r\n')}\r\n`;
  },
};

function eventLines(event: DocumentEvent, stamp: number, locale: Locale): string[] {
  const forecasts = event.forecasts.map(({ type, outcome, probability }) => {
    const chance = probability === null ? '' : ` (${locale.percent(probability)})`;
    return `${type}: ${outcome}${chance}`;
  });
  return [
    'BEGIN:VEVENT',
    `UID:match-${escaped(event.id)}@auspex.invalid`,
    `DTSTAMP:${utc(stamp)}`,
    ...(event.hasTime
      ? [`DTSTART:${utc(event.start)}`, `DURATION:${durationText}`]
      : [`DTSTART;VALUE=DATE:${dayIn(event.zone, event.start)}`]),
    `SUMMARY:${escaped(event.names.map(singleLine).join(' – '))}`,
    `DESCRIPTION:${[singleLine(event.place), ...forecasts].map(escaped).join('\\n')}`,
    `CATEGORIES:${escaped(event.place)}`,
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ];
}

/** Text values: RFC 5545 section 3.3.11. */
const escaped = (text: string): string => singleLine(text).replaceAll(/[\\;,]/g, '\\$&');

const utc = (instant: number): string => new Date(instant).toISOString().replaceAll(/[-:]|\.\d{3}/g, '');

function dayIn(zone: string, instant: number): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(instant).replaceAll('-', '');
}

/** Lines of at most 75 octets (section 3.1), never cut within a character. */
function folded(line: string): string {
  const pieces: string[] = [];
  let piece = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > 75) {
      pieces.push(piece);
      piece = ' ';
      octets = 1;
    }
    piece += character;
    octets += size;
  }
  return [...pieces, piece].join('\r\n');
}
