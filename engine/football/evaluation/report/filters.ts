import type { EvaluationFilter } from '../../../contract/evaluation-details.ts';
import type { Locale } from '../../../documents/locale.ts';
import type { Cell, Section } from '../../../documents/model.ts';
import { count, muted, numberTable, share, text, wordsOf } from './cells.ts';
import type { Reported } from './scores.ts';

/** Which filters keep a promise, and what they and their like at face value came to in the sealed year. */
export function filterSection(report: Reported, locale: Locale): Section {
  const t = wordsOf(locale);
  const { filterStudy: study, championships } = report.details;
  const section = { id: 'filters', heading: t('filters.heading'), marks: [] };
  if (!study) return { ...section, paragraphs: [t('not-enough')], blocks: [] };
  const nameOf = ({ kind, value }: EvaluationFilter): string => {
    if (kind === 'championship') return championships.find(({ code }) => code === value)?.name ?? value!;
    if (kind === 'result') return t(`classes.${value!}`);
    if (kind === 'value') return t('filters.kinds.value', { edge: locale.percent(Number(value), 0) });
    return t(`filters.kinds.${kind}`);
  };
  const rate = (tally: { readonly n: number; readonly hits: number } | undefined): Cell => {
    if (!tally || tally.n === 0) return text(null);
    const cells = [
      share(tally.hits / tally.n),
      muted(`${locale.integer(tally.hits)}/${locale.integer(tally.n)}`),
    ];
    return { kind: 'group', flow: 'lines', cells };
  };
  const headings = ['filter', 'considered', 'from', 'bound', 'past', 'sealed', 'naive', 'naive-sealed'];
  return {
    ...section,
    paragraphs: [
      t('filters.lead', { target: locale.percent(study.target, 0), delta: locale.percent(study.delta, 0) }),
      t('filters.trials', {
        families: locale.integer(study.families),
        tried: locale.integer(study.tried),
        kept: locale.integer(study.filters.filter(({ chosen }) => chosen).length),
      }),
      t('filters.sealed', {
        from: locale.shortDay(study.sealedFrom),
        until: locale.shortDay(study.sealedUntil),
        matches: locale.integer(study.sealed),
      }),
    ],
    blocks: [
      numberTable(
        {
          caption: t('filters.caption'),
          headings: headings.map((key) => t(`filters.columns.${key}`)),
          notes: [t('filters.note')],
        },
        study.filters.map((one) => [
          text(nameOf(one)),
          count(one.considered),
          one.chosen ? share(one.chosen.threshold) : text(t(`filters.status.${one.status}`)),
          share(one.chosen?.bound ?? null),
          rate(one.chosen ?? undefined),
          rate(one.chosen?.sealed),
          rate(one.naive ?? undefined),
          rate(one.naive?.sealed),
        ]),
      ),
    ],
  };
}
