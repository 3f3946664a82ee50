import type { AlertNews, ClearedAlert } from '../../db/queries/monitoring.ts';
import type { Message } from '../channels/message.ts';
import type { Day, Instant } from '../contract/domain.ts';
import type { Locale } from '../documents/locale.ts';
import type { DocumentModel, Section } from '../documents/model.ts';
import { writerOf } from '../documents/registry.ts';
import { createHasher } from '../kernel/math/hash.ts';
import { boundWords, wordsOfFinding } from './words.ts';

/** Alerts that became news at one instant, the gravest first: what, since when, how bad, and what to do. */
export function alertMessage(
  alerts: readonly AlertNews[],
  { newsAt, locale, zone }: { readonly newsAt: Instant; readonly locale: Locale; readonly zone: string },
): Message {
  const t = wordsOf(locale);
  const n = locale.integer(alerts.length);
  const title = alerts.length === 1 ? t('title') : t('titles', { n });
  const sections = alerts.map((alert) => section(alert, { locale, zone }));
  const model = alertDocument(alerts, { instant: newsAt, locale, zone, title, sections });
  const [gravest = ''] = model.sections.map(({ heading }) => heading);
  const subject = alerts.length === 1 ? gravest : t('subject', { n, gravest });
  return messageOf(model, { document: alertDocumentName(newsAt, locale), subject, locale });
}

/** Alerts that were cleared at one instant: what it was, and how long it lasted. */
export function clearedMessage(
  alerts: readonly ClearedAlert[],
  {
    clearedAt,
    locale,
    zone,
  }: { readonly clearedAt: Instant; readonly locale: Locale; readonly zone: string },
): Message {
  const t = wordsOf(locale);
  const n = locale.integer(alerts.length);
  const title = alerts.length === 1 ? t('cleared.title') : t('cleared.titles', { n });
  const sections = alerts.map((alert) => clearedSection(alert, { locale, zone }));
  const model = alertDocument(alerts, { instant: clearedAt, locale, zone, title, sections });
  const subject = alerts.length === 1 ? (sections[0]?.heading ?? title) : title;
  return messageOf(model, { document: clearedDocumentName(clearedAt, locale), subject, locale });
}

function messageOf(
  model: DocumentModel,
  {
    document,
    subject,
    locale,
  }: { readonly document: string; readonly subject: string; readonly locale: Locale },
): Message {
  return {
    document,
    language: locale.language,
    subject: `Auspex: ${subject}`,
    text: writerOf('txt').write(model, locale),
    html: writerOf('mail.html').write(model, locale),
    card: null,
    files: [],
  };
}

/** The same for the same news whenever it is asked for, in any zone: `alert/2026-11-21/08-00-00-000.en`. */
export function alertDocumentName(newsAt: Instant, { language }: Pick<Locale, 'language'>): string {
  return `alert/${pathOf(newsAt)}.${language}`;
}

/** `alert/2026-11-23/08-00-00-000-cleared.en`. */
export function clearedDocumentName(clearedAt: Instant, { language }: Pick<Locale, 'language'>): string {
  return `alert/${pathOf(clearedAt)}-cleared.${language}`;
}

function pathOf(instant: Instant): string {
  const [day = '', time = ''] = new Date(instant).toISOString().slice(0, -1).split('T');
  return `${day}/${time.replaceAll(/[:.]/g, '-')}`;
}

interface AlertPage {
  readonly instant: Instant;
  readonly locale: Locale;
  readonly zone: string;
  readonly title: string;
  readonly sections: readonly Section[];
}

function alertDocument(
  alerts: readonly AlertNews[],
  { instant, locale, zone, title, sections }: AlertPage,
): DocumentModel {
  const day: Day = new Date(instant).toISOString().slice(0, 10);
  return {
    kind: 'alert',
    variant: 'news',
    day,
    language: locale.language,
    title,
    subtitle: locale.instant(instant, zone),
    marks: [],
    lead: [],
    figures: [],
    sections,
    failures: [],
    legend: [],
    provenance: {
      madeAt: null,
      asOf: instant,
      dataHash: createHasher().text(JSON.stringify(alerts)).digest(),
      models: [],
      zone,
    },
    dataset: { columns: [], rows: [] },
  };
}

function section(
  { id, severity, raisedAt, finding }: AlertNews,
  { locale, zone }: { readonly locale: Locale; readonly zone: string },
): Section {
  const { title, text, action, figure } = wordsOfFinding(finding, locale);
  const t = wordsOf(locale);
  const bounds = [
    ...(finding.value === null ? [] : [t('figure', { figure })]),
    ...(['warnAt', 'criticalAt'] as const).flatMap((bound) => {
      const words = boundWords(finding, finding[bound], locale);
      return words === undefined ? [] : [t(bound, { bound: words })];
    }),
  ];
  return {
    id: `alert-${id}`,
    heading: t('heading', { level: t(`level.${severity}`), title }),
    marks: [],
    paragraphs: [
      text,
      t('since', { since: locale.instant(raisedAt, zone) }),
      ...(bounds.length > 0 ? [`${bounds.join('; ')}.`] : []),
      t('action', { action }),
    ],
    blocks: [],
  };
}

function clearedSection(
  { id, raisedAt, clearedAt, finding }: ClearedAlert,
  { locale, zone }: { readonly locale: Locale; readonly zone: string },
): Section {
  const { title, text } = wordsOfFinding(finding, locale);
  const t = wordsOf(locale);
  const [since, until] = [locale.instant(raisedAt, zone), locale.instant(clearedAt, zone)];
  return {
    id: `alert-${id}`,
    heading: t('cleared.heading', { title }),
    marks: [],
    paragraphs: [t('cleared.lasted', { since, until }), t('cleared.was', { text })],
    blocks: [],
  };
}

const wordsOf =
  (locale: Locale) =>
  (key: string, values?: Readonly<Record<string, string>>): string =>
    locale.t(`monitoring.news.${key}`, values);
