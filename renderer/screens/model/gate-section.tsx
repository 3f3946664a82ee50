import { useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/format.ts';
import { QueryState } from '../../components/query-state.tsx';
import { Section } from '../../components/screen.tsx';
import { SimpleTable } from '../../components/simple-table.tsx';
import { api } from '../../connection/client.ts';
import type { PromotionDecision, PromotionEntry } from '../../../engine/contract/models.ts';
import type { Version } from '../../components/models/answers.ts';
import classes from './model.module.css';

/** What the gate says of the version against the champion now, and what it has said before. */
export function GateSection(props: {
  readonly version: Version;
  readonly promotions: readonly PromotionEntry[];
}) {
  const { version, promotions } = props;
  const { t } = useTranslation(['models', 'engine']);
  const format = useFormat();
  const versions = useQuery(api.models.list.queryOptions({ input: { sport: version.sport, limit: 500 } }));
  const champion = versions.data?.find(({ aliases }) =>
    aliases.some(({ alias, championship }) => alias === 'champion' && championship === version.championship),
  );
  const isChampion = champion?.id === version.id;
  const compared = useQuery(
    api.models.compare.queryOptions({
      input: { champion: champion?.id ?? 1, challenger: version.id, differencesOnly: true },
      enabled: champion !== undefined && !isChampion,
    }),
  );
  return (
    <Section title={t('gate.title')} info={t('gate.info')}>
      {isChampion && <p className={classes.small}>{t('gate.is-champion')}</p>}
      {champion && !isChampion && (
        <QueryState query={compared} height={60}>
          {({ decision }) => (
            <p>
              <strong>
                {t('gate.against', {
                  family: t(`engine:evaluation.families.${champion.family}`),
                  version: champion.version,
                })}
              </strong>{' '}
              {decisionWords(decision, { t, format })}
            </p>
          )}
        </QueryState>
      )}
      {promotions.length > 0 && (
        <SimpleTable
          caption={t('gate.history')}
          isCaptionShown
          isDense
          rows={promotions}
          rowKey={({ id }) => id}
          columns={[
            {
              key: 'when',
              title: t('gate.when'),
              isRowHead: true,
              cell: ({ instant }) => format.instant(instant),
            },
            {
              key: 'answer',
              title: t('gate.answer'),
              cell: ({ decision }) => decisionWords(decision, { t, format }),
            },
          ]}
        />
      )}
    </Section>
  );
}

function decisionWords(
  decision: PromotionDecision,
  {
    t,
    format,
  }: {
    readonly t: TFunction<readonly ['models', 'engine']>;
    readonly format: ReturnType<typeof useFormat>;
  },
): string {
  const { difference, reason, matches } = decision;
  const words = [t(`promotion.reasons.${reason}`)];
  if (difference) {
    words.push(
      t('promotion.difference', {
        value: format.signed(difference.value, 4),
        low: format.signed(difference.low, 4),
        high: format.signed(difference.high, 4),
        n: format.count(matches),
      }),
    );
  }
  return words.join(' ');
}
