import type { Sport } from '../../contract/domain.ts';
import { eventsOf } from '../events.ts';
import type { DocumentEvent, EventForecast, Tally } from '../events.ts';
import { cellText, missing } from '../cell-text.ts';
import type { CellStyle } from '../cell-text.ts';
import type { Locale } from '../locale.ts';
import type { DocumentModel, Table } from '../model.ts';
import { singleLine } from '../text.ts';
import type { Writer } from '../writer.ts';

/** From here on an accuracy carries the rising mark, the last ten the flame. */
const goodShare = 0.7;

const sportMarks = { football: '⚽', 'ice-hockey': '🏒' } as const satisfies Record<Sport, string>;

const rule = '─'.repeat(40);

/**
 * Plain text for messengers: per match its head, and per forecast three lines in an order and with marks that its
 * readers know. Only a result has a tick or a cross; the mark of an accuracy is a chart, that of the last ten a flame or
 * a snowflake. What the document does not tell is left out, never filled in.
 */
export const textWriter: Writer = {
  format: 'txt',
  mediaType: 'text/plain; charset=utf-8',
  write(document, locale) {
    const events = eventsOf(document, locale);
    const blocks = [
      [head(document), ...recordNote(events, locale)].join('\n'),
      ...events.map((event) => eventText(event, document, locale)),
      ...(events.length > 0 || isOfEvents(document) ? [] : sectionTexts(document, locale)),
      ...failureText(document, locale),
      legendText(document, events, locale),
    ];
    return `${blocks.filter((block) => block !== '').join(`\n\n${rule}\n\n`)}\n`;
  },
};

function head({ title, subtitle, marks, lead, day, language }: DocumentModel): string {
  const date = day.split('-').reverse().join('.');
  return [
    `${singleLine(title).toLocaleUpperCase(language)} - ${date}`,
    ...(marks.length > 0 ? [`[${marks.map(({ text }) => singleLine(text)).join('] [')}]`] : []),
    '',
    singleLine(subtitle),
    ...lead.map(singleLine),
  ].join('\n');
}

/** Said once, instead of four times a forecast: what the readers know and miss. */
function recordNote(events: readonly DocumentEvent[], locale: Locale): string[] {
  const forecasts = events.flatMap((event) => event.forecasts);
  const isKnown = forecasts.some(({ history, lastTen }) => history !== null || lastTen !== null);
  return forecasts.length === 0 || isKnown ? [] : [locale.t('documents.text.no-record')];
}

/** A day without matches is told by its head alone; a report is told by its tables. */
const isOfEvents = ({ dataset }: DocumentModel): boolean =>
  dataset.columns.some(({ key }) => key === 'match.kickOff');

const plain: CellStyle = { escape: singleLine, strong: (text) => text, lineBreak: ', ' };

function sectionTexts({ figures, sections, language }: DocumentModel, locale: Locale): string[] {
  const figureLines = figures.map(
    ({ label, value }) => `${singleLine(label)}: ${cellText(value, locale, plain)}`,
  );
  return [
    figureLines.join('\n'),
    ...sections.map(({ heading, paragraphs, blocks }) =>
      [
        singleLine(heading).toLocaleUpperCase(language),
        ...paragraphs.map(singleLine),
        ...blocks.flatMap((block) => (block.kind === 'table' ? ['', ...tableLines(block, locale)] : [])),
      ].join('\n'),
    ),
  ];
}

/** A line a row: what names it, then every figure behind its heading. */
function tableLines({ columns, rows }: Table, locale: Locale): string[] {
  const named = Math.max(
    0,
    columns.findIndex(({ isRowHeading }) => isRowHeading === true),
  );
  return rows.map(({ cells }) => {
    const texts = cells.map((cell) => cellText(cell, locale, plain));
    const rest = columns.flatMap(({ heading }, at) =>
      at === named ? [] : [`${singleLine(heading)} ${texts[at] ?? missing}`],
    );
    return `${texts[named] ?? missing}: ${rest.join(' | ')}`;
  });
}

function eventText(event: DocumentEvent, document: DocumentModel, locale: Locale): string {
  const t = (key: string, values?: Record<string, string>): string =>
    locale.t(`documents.text.${key}`, values);
  const time = event.hasTime
    ? `${locale.time(event.start, event.zone)} ${locale.zoneOffset(event.start, event.zone)}`
    : locale.t('documents.cells.time-unknown');
  const when = t('time', { time });
  return [
    t('match-id', { id: event.id }),
    `${sportMarks[event.sport]} ${t(`sport-${event.sport}`)} - ${singleLine(event.place)}`,
    event.names.map(singleLine).join(' - '),
    event.score === null ? when : `${t('result', { score: event.score })} | ${when}`,
    ...(event.isReplayed ? [`[${locale.t('documents.marks.replay')}]`] : []),
    '',
    ...(event.forecasts.length === 0
      ? [`⚠️ ${event.failure ?? locale.t('documents.cells.no-data')}`]
      : [t('detail'), ...event.forecasts.map((forecast) => `\n${forecastText(forecast, document, locale)}`)]),
  ].join('\n');
}

function forecastText(forecast: EventForecast, { kind, variant }: DocumentModel, locale: Locale): string {
  const t = (key: string, values?: Record<string, string>): string =>
    locale.t(`documents.text.${key}`, values);
  const percent = (value: number | null): string =>
    value === null ? locale.t('documents.cells.no-data') : locale.percent(value);
  const { isHit, isOutside, type, outcome, confidence, probability } = forecast;
  const status = kind !== 'outcome' ? '' : isHit === null ? '⏳ ' : isHit ? '✅ ' : '❌ ';
  const certainty = [
    t('confidence', { value: percent(confidence) }),
    t('uncertainty', { value: percent(confidence === null ? null : 1 - confidence) }),
  ];
  const [bounds80, bounds90] = forecast.bounds;
  // Third of the readers' lines: the bounds, then what was said beside what came, then the worst and the best season.
  const bounds = [
    ...(bounds80 === null && bounds90 === null
      ? []
      : [`${t('bounds', { low: bounds80 ?? '–', high: bounds90 ?? '–' })}${isOutside ? ' ❗' : ''}`]),
    ...(forecast.history === null || forecast.historyMean === null
      ? []
      : [
          t('calibration', {
            said: locale.percent(forecast.historyMean),
            came: locale.percent(forecast.history.hits / forecast.history.count),
          }),
        ]),
    ...(forecast.stability === null
      ? []
      : [
          t('stability', {
            low: locale.percent(forecast.stability[0]),
            high: locale.percent(forecast.stability[1]),
          }),
        ]),
  ];
  const record = variant === 'quality' ? forecast.record : null;
  const recordLine = record === null ? [] : [t('model-accuracy', { value: share(record, locale) })];
  const boundLine =
    record === null || forecast.recordBound === null
      ? []
      : [t('at-least', { value: percent(forecast.recordBound) })];
  const history = [
    ...(forecast.history === null
      ? []
      : [
          `${mark(forecast.history, '📈', '📉')} ${t('history', { value: share(forecast.history, locale) })}`,
        ]),
    ...(forecast.lastTen === null
      ? []
      : [
          `${mark(forecast.lastTen, '🔥', '❄️')} ${t('last-ten', { value: share(forecast.lastTen, locale) })}`,
        ]),
  ];
  return [
    `${status}${type}: ${outcome}`,
    ...(record === null
      ? [
          [t('probability', { value: percent(probability) }), ...(confidence === null ? [] : certainty)].join(
            ' | ',
          ),
        ]
      : [[...recordLine, ...boundLine].join(' | '), ...(confidence === null ? [] : [certainty.join(' | ')])]),
    ...(bounds.length > 0 ? [bounds.join(' | ')] : []),
    ...(history.length > 0 ? [history.join(' | ')] : []),
  ].join('\n');
}

const mark = ({ hits, count }: Tally, good: string, bad: string): string =>
  hits / count >= goodShare ? good : bad;

const share = ({ hits, count }: Tally, locale: Locale): string =>
  `${locale.integer(hits)}/${locale.integer(count)} (${locale.percent(hits / count)})`;

function failureText({ failures }: DocumentModel, locale: Locale): string[] {
  if (failures.length === 0) return [];
  const lines = failures.map(
    ({ names, place, stage, code, sentence }) =>
      `⚠️ ${names.map(singleLine).join(' - ')} (${singleLine(place)}): ${stage}, ${code}. ${singleLine(sentence)}`,
  );
  return [[locale.t('documents.failures.heading').toLocaleUpperCase(locale.language), ...lines].join('\n')];
}

/** The marks are those of matches: what tells of none explains its own terms alone. */
function legendText(document: DocumentModel, events: readonly DocumentEvent[], locale: Locale): string {
  const isMarked = events.some(({ forecasts }) => forecasts.some(({ isOutside }) => isOutside));
  const marks = [
    'history',
    'last-ten',
    ...(document.kind === 'outcome' ? ['result'] : []),
    ...(isMarked ? ['outside'] : []),
  ];
  const lines = [
    ...(isOfEvents(document) ? [...marks, 'labels', 'uncertainty'] : []).map((name) =>
      locale.t(`documents.text.legend-${name}`),
    ),
    ...document.legend.map(({ term, text }) => `• ${singleLine(term)}: ${singleLine(text)}`),
  ];
  if (lines.length === 0) return '';
  return [locale.t('documents.legend.heading').toLocaleUpperCase(locale.language), ...lines].join('\n');
}
