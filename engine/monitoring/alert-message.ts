import type { AlertNews } from '../../db/queries/monitoring.ts';
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
  const { language } = locale;
  const model = alertDocument(alerts, { newsAt, locale, zone });
  const [gravest = ''] = model.sections.map(({ heading }) => heading);
  const n = locale.integer(alerts.length);
  const subject = alerts.length === 1 ? gravest : locale.t('monitoring.news.subject', { n, gravest });
  return {
    document: alertDocumentName(newsAt, locale),
    language,
    subject: `Auspex: ${subject}`,
    text: writerOf('txt').write(model, locale),
    html: writerOf('mail.html').write(model, locale),
    card: null,
    files: [],
  };
}

/** The same for the same news whenever it is asked for, in any zone: `alert/2026-11-21/08-00-00-000.en`. */
export function alertDocumentName(newsAt: Instant, { language }: Pick<Locale, 'language'>): string {
  const [day = '', time = ''] = new Date(newsAt).toISOString().slice(0, -1).split('T');
  return `alert/${day}/${time.replaceAll(/[:.]/g, '-')}.${language}`;
}

function alertDocument(
  alerts: readonly AlertNews[],
  { newsAt, locale, zone }: { readonly newsAt: Instant; readonly locale: Locale; readonly zone: string },
): DocumentModel {
  const t = wordsOf(locale);
  const day: Day = new Date(newsAt).toISOString().slice(0, 10);
  return {
    kind: 'alert',
    variant: 'news',
    day,
    language: locale.language,
    title: alerts.length === 1 ? t('title') : t('titles', { n: locale.integer(alerts.length) }),
    subtitle: locale.instant(newsAt, zone),
    marks: [],
    lead: [],
    figures: [],
    sections: alerts.map((alert) => section(alert, { locale, zone })),
    failures: [],
    legend: [],
    provenance: {
      madeAt: null,
      asOf: newsAt,
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

const wordsOf =
  (locale: Locale) =>
  (key: string, values?: Readonly<Record<string, string>>): string =>
    locale.t(`monitoring.news.${key}`, values);
