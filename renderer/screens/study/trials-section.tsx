import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { StudyDetail, StudyTrial } from '../../../engine/contract/studies.ts';
import { ChartFigure } from '../../components/chart-figure.tsx';
import type { ChartTheme } from '../../components/chart-theme.ts';
import { parallelCoordinates } from '../../components/charts/parallel-coordinates.ts';
import { useFormat } from '../../components/format.ts';
import { Missing } from '../../components/missing.tsx';
import { Section } from '../../components/screen.tsx';
import { SimpleTable } from '../../components/simple-table.tsx';
import { ParameterValue } from '../../components/models/parameter-value.tsx';
import classes from './study.module.css';

/** Every trial: a line across its parameters, and a row. */
export function TrialsSection({ detail }: { readonly detail: StudyDetail }) {
  const { t } = useTranslation('models');
  const format = useFormat();
  const names = useMemo(() => Object.keys(detail.space), [detail.space]);
  const nameOf = useCallback((name: string) => t(`parameters.${name}`, { defaultValue: name }), [t]);
  const { trials, space, study } = detail;
  const option = useCallback(
    (theme: ChartTheme) => {
      const complete = trials.filter(({ value }) => value !== null);
      return parallelCoordinates(theme, {
        axes: [
          ...names.map((name) => {
            const dimension = space[name]!;
            return dimension.kind === 'categorical'
              ? { name: nameOf(name), kind: 'category' as const, names: dimension.choices.map(String) }
              : { name: nameOf(name), kind: dimension.log ? ('log' as const) : ('value' as const) };
          }),
          { name: t('study.loss'), kind: 'value' as const, isInverse: true },
        ],
        // The better a trial, the stronger its line.
        lines: complete.map((trial) => ({
          colour: shadeOf(
            theme.tokens.sequential,
            complete.filter(({ value }) => value! > trial.value!).length / complete.length,
          ),
          values: [
            ...names.map((name) => {
              const value = trial.parameters[name];
              return value === undefined ? null : typeof value === 'boolean' ? String(value) : value;
            }),
            trial.value,
          ],
          isMarked: trial.number === study.best?.number,
        })),
      });
    },
    [trials, space, names, nameOf, study.best, t],
  );
  const order = (trial: StudyTrial) => trial.value ?? Infinity;
  const ranked = trials.toSorted((a, b) => order(a) - order(b) || a.number - b.number);
  return (
    <Section title={t('study.trials')} info={t('study.trials-info')}>
      <ChartFigure
        title={t('study.parallel')}
        description={t('study.parallel-description', { n: format.count(trials.length) })}
        option={option}
        height={320}
        table={{
          columns: [
            { key: 'number', label: t('study.trial') },
            ...names.map((name) => ({ key: name, label: nameOf(name) })),
            { key: 'value', label: t('study.loss') },
          ],
          rows: trials.map(({ number, parameters, value }) => ({
            number,
            value,
            ...Object.fromEntries(
              names.map((name) => {
                const held = parameters[name];
                return [name, typeof held === 'boolean' ? String(held) : (held ?? null)];
              }),
            ),
          })),
        }}
      />
      <div className={classes.tall}>
        <SimpleTable
          caption={t('study.trials')}
          isDense
          rows={ranked}
          rowKey={({ number }) => number}
          isMarked={({ number }) => number === study.best?.number}
          columns={[
            {
              key: 'number',
              title: t('study.trial'),
              isRowHead: true,
              cell: ({ number }) => format.count(number),
            },
            {
              key: 'state',
              title: t('study.state'),
              cell: ({ state, reason }) => (
                <span title={reason ?? undefined}>{t(`study.states.${state}`)}</span>
              ),
            },
            {
              key: 'value',
              title: t('study.loss'),
              align: 'end',
              cell: ({ value }) =>
                value === null ? <Missing reason={t('study.not-whole')} /> : format.number(value, 4),
            },
            {
              key: 'folds',
              title: t('study.folds'),
              definition: t('study.folds-definition'),
              align: 'end',
              cell: ({ steps }) => steps.map((step) => format.number(step, 3)).join(' · '),
            },
            ...names.map((name) => ({
              key: name,
              title: nameOf(name),
              align: 'end' as const,
              cell: ({ parameters }: StudyTrial) => <ParameterValue value={parameters[name]} />,
            })),
          ]}
        />
      </div>
    </Section>
  );
}

/** The palette's colour at a place from 0 to 1; its faintest third would not be seen. */
function shadeOf(palette: readonly string[], place: number): string {
  const first = Math.floor(palette.length / 3);
  return palette[Math.min(palette.length - 1, first + Math.floor(place * (palette.length - first)))]!;
}
