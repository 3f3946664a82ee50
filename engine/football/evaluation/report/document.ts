import type { Day, Instant } from '../../../contract/domain.ts';
import type { EvaluationReport } from '../../../contract/evaluation.ts';
import type { Locale } from '../../../documents/locale.ts';
import type { Dataset, DatasetColumn, DocumentModel, Figure, Mark } from '../../../documents/model.ts';
import { createHasher } from '../../../kernel/math/hash.ts';
import { bettingSection, liveSection } from './betting.ts';
import { calibrationSection, drawSection } from './calibration.ts';
import { count, decimal, familyName, share, wordsOf } from './cells.ts';
import { coverageSection } from './coverage.ts';
import { expectedGoalsSection } from './expected-goals.ts';
import { filterSection } from './filters.ts';
import { familySection, scoreSection, type Reported } from './scores.ts';
import { typeSection } from './types.ts';

/** An evaluation as one document; `report.details` must be there. */
export function evaluationDocument(
  report: EvaluationReport,
  locale: Locale,
  made: { readonly at: Instant; readonly day: Day; readonly zone: string },
): DocumentModel {
  const reported = withDetails(report);
  const t = wordsOf(locale);
  const samples = reported.details.championships.filter(({ isSample }) => isSample);
  const marks: Mark[] = [
    ...(samples.length > 0 ? [{ text: t('sample'), tone: 'warn' } as const] : []),
    ...(report.leakAlarm ? [{ text: t('leak-alarm'), tone: 'bad' } as const] : []),
  ];
  const champions = [...new Set(report.champions.map(({ family }) => familyName(family, locale)))];
  return {
    kind: 'evaluation',
    variant: 'full',
    day: made.day,
    language: locale.language,
    title: t('title'),
    subtitle: t('subtitle', { from: report.from, to: report.to }),
    marks,
    lead: [t('lead'), t('champions', { families: locale.list(champions) })],
    figures: headline(reported, locale),
    sections: [
      scoreSection,
      familySection,
      calibrationSection,
      drawSection,
      coverageSection,
      typeSection,
      expectedGoalsSection,
      filterSection,
      bettingSection,
      liveSection,
    ].map((section) => section(reported, locale)),
    failures: [],
    legend: legendKeys.map((key) => ({ term: t(`legend.${key}.term`), text: t(`legend.${key}.text`) })),
    provenance: {
      madeAt: made.at,
      asOf: made.at,
      dataHash: createHasher().text(JSON.stringify(report)).digest(),
      models: [...new Set(report.champions.map(({ family }) => family))],
      zone: made.zone,
    },
    dataset: dataset(reported, locale),
  };
}

const legendKeys = [
  'log-loss',
  'gap',
  'rps',
  'corp',
  'band',
  'ece',
  'spiegelhalter',
  'coverage',
  'yield',
  'noise',
  'clv',
  'required',
  'rmse',
];

function withDetails(report: EvaluationReport): Reported {
  if (!report.details) throw new RangeError('expected an evaluation with its details');
  return { ...report, details: report.details };
}

function headline({ all, details }: Reported, locale: Locale): Figure[] {
  const t = wordsOf(locale);
  if (!all) return [];
  const [first] = all.conformal;
  const { betting } = details;
  const { gapClosed: gap } = all;
  const { closing } = all.market;
  const noise = betting?.warning.noiseProbability ?? null;
  return [
    { label: t('columns.matches'), value: count(all.n) },
    {
      label: t('columns.log-loss'),
      value: decimal(all.model.logLoss),
      note: closing
        ? t('headline.closing', { loss: locale.number(closing.logLoss, 4) })
        : t('headline.base-rate', { loss: locale.number(all.baseRate.logLoss, 4) }),
    },
    ...(gap
      ? [
          {
            label: t('columns.gap'),
            value: share(gap.value),
            note: `[${locale.percent(gap.low)}; ${locale.percent(gap.high)}]`,
          },
        ]
      : []),
    ...(first
      ? [
          {
            label: t('columns.coverage-at', { level: locale.percent(first.level, 0) }),
            value: share(first.all),
            note: t('headline.size', { size: locale.number(first.meanSize, 2) }),
          },
        ]
      : []),
    ...(betting
      ? [
          {
            label: t('headline.best'),
            value: share(betting.warning.bestYield),
            note: t('headline.noise', { noise: noise === null ? '–' : locale.percent(noise) }),
          },
        ]
      : []),
  ];
}

/** Every family's scores on every part, at full precision. */
function dataset({ details }: Reported, locale: Locale): Dataset {
  const t = wordsOf(locale);
  const column = (key: string, heading: string, kind: DatasetColumn['kind']): DatasetColumn => ({
    key,
    heading: t(`columns.${heading}`),
    kind,
  });
  return {
    columns: [
      column('family', 'family', 'text'),
      column('championship', 'championship', 'text'),
      column('season', 'season', 'text'),
      column('matches', 'matches', 'integer'),
      column('logLoss', 'log-loss', 'number'),
      column('rps', 'rps', 'number'),
      column('brier', 'brier', 'number'),
      column('accuracy', 'accuracy', 'number'),
      column('gapClosed.value', 'gap', 'number'),
      column('gapClosed.low', 'gap-low', 'number'),
      column('gapClosed.high', 'gap-high', 'number'),
      column('requiredMatches', 'required', 'number'),
    ],
    rows: details.slices.map((slice) => [
      slice.family,
      slice.championship,
      slice.season,
      slice.n,
      slice.logLoss,
      slice.rps,
      slice.brier,
      slice.accuracy,
      slice.gapClosed?.value ?? null,
      slice.gapClosed?.low ?? null,
      slice.gapClosed?.high ?? null,
      slice.requiredMatches,
    ]),
  };
}
