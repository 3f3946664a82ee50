import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/format.ts';
import { Inspector } from '../../frame/inspector.tsx';
import type { AnsweredReport, Entry, Finding } from './answers.ts';
import { Dependence } from './dependence-figure.tsx';
import classes from './features.module.css';

/** Everything that is known of one feature. */
export function FeatureInspector(props: {
  readonly entry: Entry | undefined;
  readonly finding: Finding | undefined;
  readonly points: NonNullable<AnsweredReport['shap']>['features'][number] | undefined;
  readonly onClose: () => void;
}) {
  const { entry, finding, points, onClose } = props;
  const { t } = useTranslation('features');
  const format = useFormat();
  if (!entry) return null;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['description', entry.description],
    ['formula', entry.formula ?? undefined],
    ['unit', entry.unit],
    ['family', t(`families.${entry.family}`)],
    ['set', t(`sets.${entry.set}`)],
    ['asOf', entry.asOf],
    ['absent', entry.missing],
  ];
  const found: readonly (readonly [string, string])[] = finding
    ? [
        ['n', format.count(finding.n)],
        ['missing', format.percent(finding.missing)],
        ['mean', format.number(finding.mean, 3)],
        ['spread', format.number(finding.standardDeviation, 3)],
        ['quantiles', (finding.quantiles ?? []).map((value) => format.number(value, 2)).join(' · ') || '–'],
        [
          'information',
          finding.information
            ? t('inspector.information', {
                value: format.number(finding.information.value, 4),
                high: format.number(finding.information.nullHigh, 4),
                p: format.number(finding.information.adjusted, 3),
              })
            : '–',
        ],
        ['gain', format.percent(finding.gain)],
        ['permutation', format.number(finding.permutation?.rise, 5)],
        ['shap', format.number(finding.shap, 4)],
      ]
    : [];
  return (
    <Inspector title={entry.name} onClose={onClose}>
      <dl className={classes.facts}>
        {facts.map(([key, text]) =>
          text === undefined ? null : (
            <div key={key} style={{ display: 'contents' }}>
              <dt>{t(`inspector.${key}`)}</dt>
              <dd>{text}</dd>
            </div>
          ),
        )}
        {found.map(([key, text]) => (
          <div key={key} style={{ display: 'contents' }}>
            <dt>{t(`inspector.found.${key}`)}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {points && <Dependence points={points} />}
    </Inspector>
  );
}
