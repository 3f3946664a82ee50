import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useChampionshipNames } from '../../components/use-championship-names.ts';
import { CheckList } from '../../components/models/check-list.tsx';
import { useFormat } from '../../components/format.ts';
import { QueryState } from '../../components/query-state.tsx';
import { Screen, Section } from '../../components/screen.tsx';
import { SimpleTable } from '../../components/simple-table.tsx';
import { api } from '../../connection/client.ts';
import { ParameterValue } from '../../components/models/parameter-value.tsx';
import { usePromotion } from '../../components/models/use-promotion.ts';
import { GateSection } from './gate-section.tsx';
import { ModelExport } from './model-export.tsx';
import { PerformanceSection } from './performance-section.tsx';
import classes from './model.module.css';

/** A version's card: what it is for, what it learnt from, how good it is, and what it must not be used for. */
export function ModelScreen() {
  const { t } = useTranslation(['models', 'engine']);
  const format = useFormat();
  const { versionId } = useParams({ from: '/models/$versionId' });
  const id = Number(versionId);
  const shown = useQuery(api.models.show.queryOptions({ input: { id } }));
  const card = useQuery(api.models.card.queryOptions({ input: { id } }));
  const { promote, isBusy } = usePromotion();
  const nameOf = useChampionshipNames();
  const version = shown.data?.version;
  const family = version && t(`engine:evaluation.families.${version.family}`);
  return (
    <Screen
      title={version ? t('versions.name', { family, version: version.version }) : t('card.title')}
      subtitle={version && t('card.subtitle', { made: format.instant(version.createdAt) })}
      actions={
        version && (
          <>
            <Button variant="default" renderRoot={(root) => <Link to="/models" {...root} />}>
              {t('card.back')}
            </Button>
            <ModelExport id={id} folds={shown.data?.models ?? []} />
            <Button
              loading={isBusy}
              disabled={version.aliases.some(({ alias }) => alias === 'champion')}
              onClick={() => {
                promote(version);
              }}
            >
              {t('versions.promote')}
            </Button>
          </>
        )
      }
    >
      <QueryState query={shown} height={200}>
        {({ version: held, promotions }) => (
          <div className={classes.content}>
            <Section title={t('card.about')} info={t('card.about-info')}>
              <dl className={classes.facts}>
                <dt>{t('card.purpose')}</dt>
                <dd>{t('card.purpose-text')}</dd>
                <dt>{t('card.method')}</dt>
                <dd>{t(`card.methods.${held.family}`, { defaultValue: held.family })}</dd>
                <dt>{t('card.limits')}</dt>
                <dd>{t('card.limits-text')}</dd>
                <dt>{t('card.tuned')}</dt>
                <dd>
                  {held.trials === 0
                    ? t('card.not-tuned')
                    : t('card.tuned-text', { trials: format.count(held.trials) })}
                </dd>
                <dt>{t('card.provenance')}</dt>
                <dd>
                  {t('card.provenance-text', {
                    hash: held.dataHash,
                    seed: held.seed,
                    code: held.codeVersion,
                  })}
                </dd>
              </dl>
            </Section>
            <GateSection version={held} promotions={promotions} />
          </div>
        )}
      </QueryState>
      <QueryState query={card} height={420}>
        {(answer) => {
          const newest = answer.folds.findLast(({ checks }) => checks.length > 0);
          return (
            <div className={classes.content}>
              <PerformanceSection card={answer} nameOf={nameOf} />
              <Section
                title={t('card.training')}
                info={t('card.training-info')}
                note={t('card.training-note', { folds: format.count(answer.folds.length) })}
                flush
              >
                <div className={classes.tall}>
                  <SimpleTable
                    caption={t('card.training')}
                    isDense
                    rows={answer.folds.toReversed()}
                    rowKey={({ id: fold }) => fold}
                    columns={[
                      {
                        key: 'season',
                        title: t('card.fold'),
                        isRowHead: true,
                        cell: ({ seasonCode, championship }) =>
                          seasonCode.startsWith('until ')
                            ? format.day(seasonCode.slice('until '.length))
                            : [championship === null ? '' : nameOf(championship), seasonCode]
                                .filter((part) => part !== '')
                                .join(' · '),
                      },
                      {
                        key: 'span',
                        title: t('card.span'),
                        cell: ({ trainFrom, trainUntil }) =>
                          `${format.day(trainFrom)} – ${format.day(trainUntil)}`,
                      },
                      {
                        key: 'count',
                        title: t('card.matches'),
                        align: 'end',
                        cell: ({ trainCount }) => format.count(trainCount),
                      },
                      {
                        key: 'features',
                        title: t('card.features'),
                        align: 'end',
                        cell: ({ features }) => format.count(features),
                      },
                      {
                        key: 'train',
                        title: t('card.train-loss'),
                        definition: t('card.train-loss-definition'),
                        align: 'end',
                        cell: ({ measures }) => format.number(measures['train']?.['logLoss'], 4),
                      },
                      {
                        key: 'validation',
                        title: t('card.validation-loss'),
                        definition: t('card.validation-loss-definition'),
                        align: 'end',
                        cell: ({ measures }) => format.number(measures['validation']?.['logLoss'], 4),
                      },
                    ]}
                  />
                </div>
              </Section>
              {newest && (
                <Section title={t('card.checks')} info={t('card.checks-info')} flush>
                  <CheckList checks={newest.checks} />
                </Section>
              )}
              <Section
                title={t('card.learns-from')}
                note={t('card.learns-note', { n: format.count(answer.featureNames.length) })}
              >
                <p className={classes.names}>
                  {answer.featureNames.length === 0 ? t('card.no-features') : answer.featureNames.join(', ')}
                </p>
              </Section>
            </div>
          );
        }}
      </QueryState>
      {version && (
        <Section title={t('inspector.parameters')} flush>
          <SimpleTable
            caption={t('inspector.parameters')}
            isDense
            rows={Object.entries(version.parameters)}
            rowKey={([key]) => key}
            columns={[
              { key: 'key', title: t('inspector.key'), isRowHead: true, cell: ([key]) => key },
              {
                key: 'value',
                title: t('inspector.value'),
                cell: ([, value]) => <ParameterValue value={value} />,
              },
            ]}
          />
        </Section>
      )}
    </Screen>
  );
}
