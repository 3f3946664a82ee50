import { useTranslation } from 'react-i18next';
import { useChampionshipNames } from '../../components/use-championship-names.ts';
import { useFormat } from '../../components/format.ts';
import { ChampionshipsSection } from './championships-section.tsx';
import type { CalibrationOptions } from './calibration-pickers.tsx';
import { CoverageSection } from './coverage-section.tsx';
import { DrawsSection } from './draws-section.tsx';
import { MartingaleSection } from './martingale-section.tsx';
import { ReliabilitySection } from './reliability-section.tsx';
import type { AnsweredReport } from './report.ts';
import type { CalibrationSearch, ChangeCalibration } from './route.tsx';
import { ScoresSection } from './scores-section.tsx';
import { TestsSection } from './tests-section.tsx';
import { VerdictCard } from './verdict-card.tsx';
import classes from './calibration.module.css';

/** Everything that is known of the picked forecasts, the answer in words first. */
export function CalibrationView(props: {
  readonly report: AnsweredReport;
  readonly search: CalibrationSearch;
  readonly change: ChangeCalibration;
  readonly championships: CalibrationOptions['championships'];
}) {
  const { report, search, change, championships } = props;
  const { t } = useTranslation('calibration');
  const format = useFormat();
  const shown = useChampionshipNames();
  const nameOf = (code: string) => shown(code, championships.find((one) => one.code === code)?.name);
  return (
    <>
      <VerdictCard report={report} />
      <ScoresSection report={report} />
      {report.reliability.length > 0 && <ReliabilitySection report={report} model={search.model} />}
      {report.classes.length > 0 && <TestsSection report={report} />}
      {report.coverage.length > 0 && (
        <CoverageSection report={report} search={search} change={change} nameOf={nameOf} />
      )}
      {report.draws && <DrawsSection draws={report.draws} n={report.n} />}
      {report.martingale && <MartingaleSection martingale={report.martingale} />}
      {report.championships.length > 1 && (
        <ChampionshipsSection rows={report.championships} nameOf={nameOf} />
      )}
      <p className={classes.age}>
        {t('age', {
          made: format.instant(report.age.madeAt),
          took: format.duration(report.age.durationMs),
        })}
      </p>
    </>
  );
}
