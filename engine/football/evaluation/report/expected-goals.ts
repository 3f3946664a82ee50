import type { Locale } from '../../../documents/locale.ts';
import type { Section } from '../../../documents/model.ts';
import { decimal, interval, numberTable, text, wordsOf } from './cells.ts';
import type { Reported } from './scores.ts';

/** What ratings on expected goals add to ratings on goals, shots and corners. */
export function expectedGoalsSection(report: Reported, locale: Locale): Section {
  const t = wordsOf(locale);
  const { expectedGoals: of } = report.details;
  const section = { id: 'expected-goals', heading: t('expected-goals.heading'), marks: [] };
  if (!of) return { ...section, paragraphs: [t('expected-goals.none')], blocks: [] };
  const years = of.seasons;
  return {
    ...section,
    paragraphs: [
      t('expected-goals.lead', {
        matches: locale.integer(of.matches),
        from: String(years[0]),
        to: String(years.at(-1)),
      }),
      t(`expected-goals.${of.change.low > 0 ? 'helps' : of.change.high < 0 ? 'hurts' : 'open'}`),
    ],
    blocks: [
      numberTable(
        {
          caption: t('expected-goals.caption'),
          headings: [t('expected-goals.columns.model'), t('columns.log-loss'), t('columns.gap')],
          notes: [t('expected-goals.note')],
        },
        [
          [text(t('columns.base-rate')), decimal(of.logLoss.baseRate), text(null)],
          [
            text(t('expected-goals.columns.without')),
            decimal(of.logLoss.without),
            interval(of.gapClosed.without, locale),
          ],
          [
            text(t('expected-goals.columns.with')),
            decimal(of.logLoss.with),
            interval(of.gapClosed.with, locale),
          ],
          [
            text(t('expected-goals.columns.change')),
            decimal(of.logLoss.with - of.logLoss.without),
            interval(of.change, locale),
          ],
          [text(t('columns.closing')), decimal(of.logLoss.market), text(null)],
        ],
      ),
    ],
  };
}
