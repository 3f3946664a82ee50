import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Explanation } from '../../../engine/contract/explanation.ts';
import { ChartFigure } from '../../components/chart-figure.tsx';
import type { ChartTheme } from '../../components/chart-theme.ts';
import { waterfall } from '../../components/charts/waterfall.ts';
import { useFormat } from '../../components/format.ts';
import classes from './match.module.css';

/** From an average match to this forecast: what each group of features adds for either side (exact SHAP values). */
export function Factors({ explanation }: { readonly explanation: Explanation }) {
  const { t, i18n } = useTranslation(['match', 'engine', 'components']);
  const format = useFormat();
  const { factors, logOdds, home, away } = explanation;
  const steps = useMemo(
    () =>
      factors.map((factor) => ({
        name: t(`engine:explanation.groups.${factor.group}`, { defaultValue: factor.group }),
        contribution: factor.contribution,
        draw: factor.drawContribution,
        note: t('factors.for', {
          team: factor.contribution >= 0 ? home : away,
          factor: format.number(Math.exp(Math.abs(factor.contribution)), 2),
        }),
      })),
    [factors, t, format, home, away],
  );
  const base = t('components:chart.base');
  const total = t('components:chart.total');
  const axisName = t('factors.axis', { home, away });
  const option = useCallback(
    (theme: ChartTheme) =>
      waterfall(theme, {
        base: { name: base, value: logOdds.base },
        steps,
        total: { name: total },
        text: (value) => theme.format.signed(value, 2),
        signed: (value) => theme.format.signed(value, 2),
        axisName,
      }),
    [base, total, axisName, logOdds.base, steps],
  );
  const sentences = explanation.sentences[i18n.language.startsWith('ru') ? 'ru' : 'en'] ?? [];
  return (
    <>
      <ChartFigure
        title={t('factors.title')}
        isTitleHidden
        description={t('factors.description', {
          home,
          away,
          base: format.signed(logOdds.base, 2),
          total: format.signed(logOdds.total, 2),
          first: steps[0]?.name ?? '',
          contribution: format.signed(steps[0]?.contribution, 2),
        })}
        option={option}
        height={Math.max(220, 40 + 32 * (steps.length + 2))}
        name={[home, away, explanation.matchDay, 'factors']}
        provenance={t('factors.provenance', {
          family: t(`engine:evaluation.families.${explanation.family}`, { defaultValue: explanation.family }),
          madeAt: format.instant(explanation.madeAt),
        })}
        table={{
          columns: [
            { key: 'name', label: t('factors.group') },
            { key: 'contribution', label: axisName, text: (value) => format.signed(value, 4) },
            { key: 'draw', label: t('factors.draw'), text: (value) => format.signed(value, 4) },
          ],
          rows: [
            { name: base, contribution: logOdds.base, draw: explanation.drawLogOdds.base },
            ...steps.map(({ name, contribution, draw }) => ({ name, contribution, draw })),
            { name: total, contribution: logOdds.total, draw: explanation.drawLogOdds.total },
          ],
        }}
      />
      <details className={classes.words}>
        <summary>{t('factors.in-words')}</summary>
        <ul>
          {sentences.map((sentence, at) => (
            <li key={at} dir="auto">
              {sentence}
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}
