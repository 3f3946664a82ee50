import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ProvenanceStep } from '../../../engine/contract/match.ts';
import { useFormat } from '../../components/format.ts';
import { api } from '../../connection/client.ts';
import { StepDetails } from './step-details.tsx';
import classes from './match.module.css';

const route = getRouteApi('/match/$matchId');

/** The way of the forecast as a strip of steps; a step opens beside with everything it rested on. */
export function ProvenanceStrip({ matchId }: { readonly matchId: number }) {
  const { t } = useTranslation('match');
  const { step: opened } = route.useSearch();
  const navigate = route.useNavigate();
  const steps = useQuery(api.match.provenance.queryOptions({ input: { matchId } })).data?.steps ?? [];
  const open = (step: string | undefined) => {
    void navigate({ search: (old) => ({ ...old, step }), replace: true });
  };
  const shown = steps.find(({ step }) => step === opened);
  return (
    <nav className={classes.strip} aria-label={t('provenance.label')}>
      <ol>
        {steps.map((step) => (
          <li key={step.step}>
            <button
              type="button"
              aria-expanded={step.step === opened}
              data-missing={step.instant === null}
              onClick={() => {
                open(step.step === opened ? undefined : step.step);
              }}
            >
              <span className={classes.stepName}>{t(`provenance.steps.${step.step}.title`)}</span>
              <StepLine step={step} />
            </button>
          </li>
        ))}
      </ol>
      {shown && (
        <StepDetails
          step={shown}
          onClose={() => {
            open(undefined);
          }}
        />
      )}
    </nav>
  );
}

/** One line of what the step is about. */
function StepLine({ step }: { readonly step: ProvenanceStep }) {
  const { t } = useTranslation('match');
  const format = useFormat();
  const first = step.facts[0]?.value;
  const text =
    step.instant === null && step.rows === null
      ? t('provenance.not-made')
      : step.rows !== null
        ? t(`provenance.steps.${step.step}.rows`, { count: step.rows, n: format.count(step.rows) })
        : typeof first === 'string'
          ? first
          : format.instant(step.instant);
  return <span className={classes.stepLine}>{text}</span>;
}
