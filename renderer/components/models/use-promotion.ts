import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format.ts';
import { api, client } from '../../connection/client.ts';
import { notify } from '../../frame/notify.ts';
import type { Version } from './answers.ts';

/** A championship, or with null all championships of a sport. */
export type Place = Pick<Version, 'championship' | 'sport'>;

/** Asks the gate to make a version champion, and goes back to the champion before. */
export function usePromotion() {
  const { t } = useTranslation(['models', 'engine']);
  const format = useFormat();
  const queryClient = useQueryClient();
  const refresh = () => queryClient.invalidateQueries({ queryKey: api.models.key() });
  const rollback = useMutation({
    mutationFn: (place: Place) =>
      client.models.rollback({ ...place, reason: t('promotion.rollback-reason') }),
    onSuccess: async (_entry, place) => {
      await refresh();
      notify.undo(t('promotion.rolled-back'), async () => {
        await client.models.takeRollbackBack({ ...place, reason: t('promotion.taken-back-reason') });
        await refresh();
      });
    },
    onError: notify.failure,
  });
  const promote = useMutation({
    mutationFn: (version: Version) => client.models.promote({ id: version.id }),
    onSuccess: async ({ decision }, version) => {
      await refresh();
      const difference = decision.difference
        ? t('promotion.difference', {
            value: format.signed(decision.difference.value, 4),
            low: format.signed(decision.difference.low, 4),
            high: format.signed(decision.difference.high, 4),
            n: format.count(decision.matches),
          })
        : '';
      const words = [t(`promotion.reasons.${decision.reason}`), difference]
        .filter((text) => text !== '')
        .join(' ');
      if (!decision.promoted) {
        notify.warning(words);
        return;
      }
      notify.undo(words, async () => {
        await client.models.rollback({
          championship: version.championship,
          sport: version.sport,
          reason: t('promotion.rollback-reason'),
        });
        await refresh();
      });
    },
    onError: notify.failure,
  });
  return {
    promote: promote.mutate,
    rollback: rollback.mutate,
    isBusy: promote.isPending || rollback.isPending,
  };
}
