import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { checksArtefact, type CheckResultRecord } from '../../../engine/contract/training.ts';
import { CheckList } from '../../components/models/check-list.tsx';
import { useFormat } from '../../components/format.ts';
import { QueryState } from '../../components/query-state.tsx';
import { SimpleTable } from '../../components/simple-table.tsx';
import { api } from '../../connection/client.ts';
import { Inspector } from '../../frame/inspector.tsx';
import { ParameterValue } from '../../components/models/parameter-value.tsx';
import { useRunNames } from '../../components/models/run-names.ts';
import { RunState } from '../../components/models/run-state.tsx';
import classes from '../../components/models/models.module.css';

/** Everything that is kept of one run: parameters, metrics, checks, where it ran. */
export function RunInspector({ id, onClose }: { readonly id: number; readonly onClose: () => void }) {
  const { t } = useTranslation('models');
  const format = useFormat();
  const names = useRunNames();
  const shown = useQuery(api.experiments.show.queryOptions({ input: { id } }));
  const artefact = shown.data?.artefacts.find(({ name }) => name === checksArtefact);
  const checks = useQuery(
    api.experiments.artefact.queryOptions({
      input: { id: artefact?.id ?? 1 },
      enabled: artefact !== undefined,
    }),
  );
  const text = checks.data?.text;
  return (
    <Inspector title={shown.data ? names.run(shown.data.run.name) : t('inspector.title')} onClose={onClose}>
      <QueryState query={shown} height={300}>
        {({ run }) => (
          <div className={classes.content}>
            <div className={classes.buttons}>
              <RunState state={run.state} />
              {run.runId !== null && (
                <Link to="/runs/$runId" params={{ runId: String(run.runId) }}>
                  {t('inspector.engine-run', { id: run.runId })}
                </Link>
              )}
            </div>
            {run.errorMessage !== null && <p className={classes.note}>{run.errorMessage}</p>}
            {text != null && <CheckList checks={JSON.parse(text) as CheckResultRecord[]} />}
            <Pairs
              title={t('inspector.parameters')}
              pairs={Object.entries(run.parameters).map(([key, value]) => [
                t(`parameters.${key}`, { defaultValue: key }),
                value,
              ])}
            />
            <Pairs
              title={t('inspector.metrics')}
              pairs={Object.entries(run.metrics).map(([key, value]) => [
                key === 'matches'
                  ? t('inspector.matches')
                  : t(`runs.columns.${key}.title`, { defaultValue: key }),
                value,
              ])}
            />
            <Pairs
              title={t('inspector.provenance')}
              pairs={[
                [t('inspector.seed'), run.seed === null ? null : String(run.seed)],
                [t('inspector.data-hash'), run.dataHash],
                [t('inspector.code'), run.codeVersion],
                [t('inspector.started'), format.instant(run.startedAt)],
                ...Object.entries(run.machine).map(
                  ([key, value]) => [t(`inspector.machine.${key}`, { defaultValue: key }), value] as const,
                ),
              ]}
            />
          </div>
        )}
      </QueryState>
    </Inspector>
  );
}

function Pairs(props: { readonly title: string; readonly pairs: readonly (readonly [string, unknown])[] }) {
  const { t } = useTranslation('models');
  return (
    <SimpleTable
      caption={props.title}
      isCaptionShown
      isDense
      rows={props.pairs}
      rowKey={([key]) => key}
      empty={t('inspector.nothing')}
      columns={[
        { key: 'key', title: t('inspector.key'), isRowHead: true, cell: ([key]) => key },
        {
          key: 'value',
          title: t('inspector.value'),
          align: 'end',
          cell: ([, value]) => <ParameterValue value={value} />,
        },
      ]}
    />
  );
}
