import { useTranslation } from 'react-i18next';
import type { SaidForecast } from '../../../engine/contract/forecasts.ts';
import { useFormat } from '../format.ts';
import { MatchLink } from '../match-link.tsx';
import { Missing } from '../missing.tsx';
import { useChampionshipNames } from '../use-championship-names.ts';
import { SimpleTable } from '../simple-table.tsx';
import type { SimpleColumn } from '../simple-table.tsx';
import type { RecordOf } from './label-record.ts';
import * as cells from './said-cells.tsx';
import classes from './said-cells.module.css';

export interface ForecastTableProps {
  readonly rows: readonly SaidForecast[];
  readonly recordOf: RecordOf;
  /** With the score and the verdict, and without what only matters beforehand. */
  readonly isSettled?: boolean;
}

const comingColumns = [
  'match',
  'said',
  'probability',
  'confidence',
  'bounds',
  'calibration',
  'accuracy',
  'odds',
] as const;
const settledColumns = [
  'match',
  'score',
  'said',
  'verdict',
  'probability',
  'confidence',
  'bounds',
  'odds',
] as const;

/** Forecasts of all types, one a row, each with its eight numbers. */
export function ForecastTable({ rows, recordOf, isSettled = false }: ForecastTableProps) {
  const { t } = useTranslation('forecasts');
  const columns = useColumns(rows, recordOf);
  const shown = isSettled ? settledColumns : comingColumns;
  return (
    <div className={classes.table}>
      <SimpleTable
        caption={t('table.caption')}
        isDense
        rows={rows}
        rowKey={({ outcomeId, type }) => `${outcomeId}-${type}`}
        columns={shown.map((key) => ({ key, ...columns[key] }))}
        empty={t('table.empty')}
      />
    </div>
  );
}

type Column = Omit<SimpleColumn<SaidForecast>, 'key'>;

function useColumns(rows: readonly SaidForecast[], recordOf: RecordOf) {
  const { t } = useTranslation('forecasts');
  const heading = (key: string) => ({
    title: t(`columns.${key}.title`),
    definition: t(`columns.${key}.definition`),
  });
  // Of several forecasts of one match that stand together only the first names it in full.
  const isRepeated = (said: SaidForecast, at: number) => rows[at - 1]?.matchId === said.matchId;
  return {
    match: {
      title: t('columns.match.title'),
      isRowHead: true,
      width: 180,
      cell: (said, at) => <Match said={said} isRepeated={isRepeated(said, at)} />,
    },
    score: { title: t('columns.score.title'), align: 'center', cell: (said) => <Score said={said} /> },
    said: { title: t('columns.said.title'), cell: (said) => <cells.SaidLabel said={said} /> },
    verdict: { title: t('columns.verdict.title'), cell: ({ isHit }) => <cells.Verdict isHit={isHit} /> },
    probability: { ...heading('probability'), cell: (said) => <cells.SaidProbability said={said} /> },
    confidence: {
      ...heading('confidence'),
      align: 'end',
      cell: (said) => <cells.SaidConfidence said={said} />,
    },
    bounds: { ...heading('bounds'), cell: (said) => <cells.SaidBounds said={said} /> },
    calibration: {
      ...heading('calibration'),
      align: 'end',
      cell: (said) => <cells.RecordCalibration record={recordOf(said)} />,
    },
    accuracy: {
      ...heading('accuracy'),
      align: 'end',
      cell: (said) => <cells.RecordAccuracy record={recordOf(said)} />,
    },
    odds: { ...heading('odds'), align: 'end', cell: (said) => <Odds said={said} /> },
  } satisfies Record<string, Column>;
}

function Match({ said, isRepeated }: { readonly said: SaidForecast; readonly isRepeated: boolean }) {
  const { t } = useTranslation('forecasts');
  const format = useFormat();
  const championship = useChampionshipNames();
  const hour = said.kickOffPrecision === 'minute' ? format.time(said.kickOff) : t('columns.match.unknown');
  const notes = [
    `${format.day(said.day, 'weekday')}, ${hour}`,
    championship(said.championship, said.championshipName),
    ...(said.isSample ? [t('marks.sample')] : []),
    ...(said.origin === 'replay' ? [t('marks.replay')] : []),
  ];
  return (
    <span className={isRepeated ? `${classes.match} ${classes.repeated}` : classes.match}>
      <MatchLink id={said.matchId} home={said.home} away={said.away} />
      {!isRepeated && <span className={classes.place}>{notes.join(' · ')}</span>}
    </span>
  );
}

function Score({ said }: { readonly said: SaidForecast }) {
  const { t } = useTranslation('forecasts');
  const { homeGoals, awayGoals } = said;
  if (homeGoals === null || awayGoals === null) return <Missing reason={t('verdict.awaited')} />;
  return <span className={classes.score}>{`${homeGoals}:${awayGoals}`}</span>;
}

/** The price of the label and, under it, the fair one. */
function Odds({ said }: { readonly said: SaidForecast }) {
  const { t } = useTranslation('forecasts');
  const format = useFormat();
  return (
    <span className={classes.two}>
      {said.odds === null ? <Missing reason={t('missing.price')} /> : <span>{format.odds(said.odds)}</span>}
      <span className={classes.muted} title={t('columns.odds.fair')}>
        {format.odds(1 / said.probability)}
      </span>
    </span>
  );
}
