import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { MatchView } from '../../../engine/contract/match-view.ts';
import { useFormat } from '../../components/format.ts';
import { useShownName } from '../../components/use-shown-name.ts';
import { api } from '../../connection/client.ts';
import { useCommands } from '../../frame/commands/use-commands.ts';
import { notify } from '../../frame/notify.ts';

/** Copies everything that names this forecast beyond doubt: version, number, instants, model, hash. */
export function CitationButton({ matchId, match }: { readonly matchId: number; readonly match: MatchView }) {
  const { t } = useTranslation(['match', 'engine']);
  const format = useFormat();
  const nameOf = useShownName();
  const provenance = useQuery(api.match.provenance.queryOptions({ input: { matchId } }));
  const citation = provenance.data?.citation;
  const copy = () => {
    if (!citation) return;
    const { probabilities } = citation;
    const text = t('citation.text', {
      version: citation.version,
      id: citation.forecastId,
      home: match.home.name,
      away: match.away.name,
      championship: nameOf(match.championship.name),
      day: match.day,
      pHome: format.probability(probabilities.H, 2),
      pDraw: format.probability(probabilities.D, 2),
      pAway: format.probability(probabilities.A, 2),
      family: t(`engine:evaluation.families.${citation.family}`, { defaultValue: citation.family }),
      madeAt: new Date(citation.madeAt).toISOString(),
      asOf: new Date(citation.asOf).toISOString(),
      hash: citation.dataHash,
    });
    navigator.clipboard.writeText(text).then(
      () => {
        notify.success(t('citation.copied'));
      },
      (thrown: unknown) => {
        notify.failure(thrown);
      },
    );
  };
  useCommands([
    {
      id: 'match.copy-citation',
      title: t('citation.copy'),
      category: 'export',
      ...(citation ? {} : { disabledReason: t('no-forecast') }),
      run: copy,
    },
  ]);
  return (
    <Button variant="default" disabled={!citation} onClick={copy}>
      {t('citation.copy')}
    </Button>
  );
}
