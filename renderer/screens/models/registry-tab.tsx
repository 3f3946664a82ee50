import { Button } from '@mantine/core';
import { sports, type Sport } from '../../../engine/contract/domain.ts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/format.ts';
import { Missing } from '../../components/missing.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { Section } from '../../components/screen.tsx';
import { SimpleTable } from '../../components/simple-table.tsx';
import { api } from '../../connection/client.ts';
import type { Version } from '../../components/models/answers.ts';
import { usePromotion, type Place } from '../../components/models/use-promotion.ts';
import { VersionName } from './version-name.tsx';
import classes from '../../components/models/models.module.css';

type Options = {
  readonly code: string;
  readonly name: string;
  readonly country: string;
  readonly sport: Sport;
};

interface HeldPlace extends Place {
  readonly champion: Version | undefined;
  readonly challenger: Version | undefined;
}

/** Who forecasts where, and every version that was ever registered. */
export function RegistryTab() {
  const { t } = useTranslation('models');
  const versions = useQuery(api.models.list.queryOptions({ input: { limit: 500 } }));
  const options = useQuery(api.calibration.options.queryOptions());
  return (
    <QueryState
      query={versions}
      height={420}
      empty={{
        when: (list) => list.length === 0,
        title: t('registry.empty'),
        text: t('registry.empty-text'),
      }}
    >
      {(list) => (
        <div className={classes.content}>
          <Places versions={list} championships={options.data?.championships ?? []} />
          <Versions versions={list} />
        </div>
      )}
    </QueryState>
  );
}

function Places(props: {
  readonly versions: readonly Version[];
  readonly championships: readonly Options[];
}) {
  const { versions, championships } = props;
  const { t } = useTranslation(['models', 'engine']);
  const { rollback, isBusy } = usePromotion();
  const holder = (alias: 'champion' | 'challenger', { championship, sport }: Place) =>
    versions.find(
      (version) =>
        version.sport === sport &&
        version.aliases.some((one) => one.alias === alias && one.championship === championship),
    );
  const held = sports.filter(
    (sport) =>
      versions.some((one) => one.sport === sport) || championships.some((one) => one.sport === sport),
  );
  const places = [
    ...held.map((sport) => ({ championship: null, sport })),
    ...championships.map(({ code, sport }) => ({ championship: code, sport })),
  ].map((place): HeldPlace => ({
    ...place,
    champion: holder('champion', place),
    challenger: holder('challenger', place),
  }));
  const everywhere = new Set(
    places.flatMap(({ championship, sport, champion }) => (championship === null && champion ? sport : [])),
  );
  return (
    <Section title={t('places.title')} info={t('places.info')} flush>
      <SimpleTable
        caption={t('places.title')}
        rows={places}
        rowKey={({ championship, sport }) => `${sport} ${championship ?? ''}`}
        columns={[
          {
            key: 'place',
            title: t('places.place'),
            isRowHead: true,
            cell: ({ championship, sport }) => {
              const known = championships.find(({ code }) => code === championship);
              return championship === null ? (
                held.length > 1 ? (
                  t('places.everywhere-of', { sport: t(`engine:monitoring.sports.${sport}`) })
                ) : (
                  t('places.everywhere')
                )
              ) : (
                <bdi>{known?.name ?? championship}</bdi>
              );
            },
          },
          {
            key: 'champion',
            title: t('places.champion'),
            definition: t('places.champion-definition'),
            cell: ({ champion, championship, sport }) =>
              champion ? (
                <VersionName version={champion} />
              ) : championship !== null && everywhere.has(sport) ? (
                <span className={classes.small}>{t('places.as-everywhere')}</span>
              ) : (
                <Missing reason={t('places.nobody')} />
              ),
          },
          {
            key: 'challenger',
            title: t('places.challenger'),
            definition: t('places.challenger-definition'),
            cell: ({ challenger }) =>
              challenger ? <VersionName version={challenger} /> : <Missing reason={t('places.nobody')} />,
          },
          {
            key: 'actions',
            title: t('places.actions'),
            cell: ({ champion, championship, sport }) =>
              champion ? (
                <Button
                  variant="default"
                  loading={isBusy}
                  onClick={() => {
                    rollback({ championship, sport });
                  }}
                >
                  {t('places.rollback')}
                </Button>
              ) : null,
          },
        ]}
      />
    </Section>
  );
}

function Versions({ versions }: { readonly versions: readonly Version[] }) {
  const { t } = useTranslation('models');
  const format = useFormat();
  const { promote, isBusy } = usePromotion();
  const figure = (version: Version, name: string) => {
    const value = version.evaluation[name];
    return typeof value === 'number' ? value : undefined;
  };
  return (
    <Section title={t('versions.title')} info={t('versions.info')} flush>
      <SimpleTable
        caption={t('versions.title')}
        rows={versions}
        rowKey={(version) => version.id}
        isMarked={({ aliases }) => aliases.some(({ alias }) => alias === 'champion')}
        columns={[
          {
            key: 'version',
            title: t('versions.version'),
            isRowHead: true,
            cell: (version) => <VersionName version={version} hasAlias />,
          },
          {
            key: 'loss',
            title: t('versions.loss'),
            definition: t('versions.loss-definition'),
            align: 'end',
            cell: (version) => {
              const value = figure(version, 'logLoss');
              return value === undefined ? (
                <Missing reason={t('versions.not-judged')} />
              ) : (
                <>
                  {format.number(value, 4)}
                  <br />
                  <span className={classes.small}>n = {format.count(figure(version, 'matches'))}</span>
                </>
              );
            },
          },
          {
            key: 'judged',
            title: t('versions.judged'),
            cell: ({ evaluatedFrom, evaluatedUntil }) =>
              format.range(
                evaluatedFrom === null ? null : Date.parse(evaluatedFrom),
                evaluatedUntil === null ? null : Date.parse(evaluatedUntil),
                (instant) => format.day(new Date(instant).toISOString().slice(0, 10)),
              ),
          },
          {
            key: 'trials',
            title: t('versions.trials'),
            definition: t('versions.trials-definition'),
            align: 'end',
            cell: ({ trials }) => (trials === 0 ? t('versions.not-tuned') : format.count(trials)),
          },
          { key: 'made', title: t('versions.made'), cell: ({ createdAt }) => format.instant(createdAt) },
          {
            key: 'actions',
            title: t('places.actions'),
            cell: (version) => (
              <div className={classes.buttons}>
                <Button
                  variant="default"
                  loading={isBusy}
                  disabled={version.aliases.some(({ alias }) => alias === 'champion')}
                  onClick={() => {
                    promote(version);
                  }}
                >
                  {t('versions.promote')}
                </Button>
              </div>
            ),
          },
        ]}
      />
    </Section>
  );
}
