import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ProvenanceStep } from '../../../engine/contract/match.ts';
import { useFormat } from '../../components/format.ts';
import { Missing } from '../../components/missing.tsx';
import { Inspector } from '../../frame/inspector.tsx';
import classes from './match.module.css';

type Fact = ProvenanceStep['facts'][number];

/** A step of the provenance: what it is, when, on how much, with which parameters and hashes. */
export function StepDetails({
  step,
  onClose,
}: {
  readonly step: ProvenanceStep;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('match');
  const format = useFormat();
  return (
    <Inspector title={t(`provenance.steps.${step.step}.title`)} onClose={onClose}>
      <div className={classes.stepDetails}>
        <p>{t(`provenance.steps.${step.step}.definition`)}</p>
        <FactList
          facts={[
            ...(step.instant === null
              ? []
              : [{ key: 'instant', value: step.instant, kind: 'instant' } satisfies Fact]),
            ...(step.rows === null ? [] : [{ key: 'rows', value: step.rows, kind: 'number' } satisfies Fact]),
            ...step.facts,
          ]}
        />
        {step.runId !== null && (
          <Link to="/runs/$runId" params={{ runId: String(step.runId) }} className={classes.quietLink ?? ''}>
            {t('provenance.run', { run: format.count(step.runId) })}
          </Link>
        )}
        {step.items.map((facts, at) => (
          <details key={at} className={classes.stepItem} open={step.items.length < 4}>
            <summary>{facts[0] ? <FactValue fact={facts[0]} /> : at + 1}</summary>
            <FactList facts={facts.slice(1)} />
          </details>
        ))}
      </div>
    </Inspector>
  );
}

function FactList({ facts }: { readonly facts: readonly Fact[] }) {
  const { t } = useTranslation('match');
  return (
    <dl className={classes.factList}>
      {facts.map((fact) => (
        <div key={fact.key}>
          <dt>{t(`provenance.facts.${fact.key}`)}</dt>
          <dd>
            <FactValue fact={fact} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function FactValue({ fact }: { readonly fact: Fact }) {
  const { t } = useTranslation(['match', 'engine']);
  const format = useFormat();
  const { value, kind } = fact;
  if (value === null || value === '') return <Missing reason={t('provenance.not-made')} />;
  if (kind === 'path')
    return (
      <code dir="auto" data-private>
        {String(value)}
      </code>
    );
  if (kind === 'hash') return <code dir="auto">{String(value)}</code>;
  if (kind === 'json') return <code className={classes.json}>{pretty(String(value))}</code>;
  if (kind === 'day') return <>{format.day(String(value))}</>;
  if (typeof value === 'string') {
    const family = t(`engine:evaluation.families.${value}`, { defaultValue: value });
    return <bdi>{t(`provenance.values.${value}`, { defaultValue: family })}</bdi>;
  }
  // A name made of digits, not an amount.
  if (fact.key === 'seed') return <>{String(value)}</>;
  if (kind === 'instant') return <>{format.instant(value)}</>;
  if (kind === 'probability') return <>{format.probability(value, 2)}</>;
  return <>{Number.isInteger(value) ? format.count(value) : format.number(value, 4)}</>;
}

/** JSON on lines of its own; what is none stays as it is. */
function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
