import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { client } from '../connection/client.ts';
import { notify } from './notify.ts';

/** Making and removing the invented championships, from wherever it is asked for. */
export function useSample(): { readonly create: () => void; readonly remove: () => void } {
  const { t } = useTranslation('frame');
  const navigate = useNavigate();
  const create = async () => {
    const { runId } = await client.samples.create();
    await navigate({ to: '/welcome', search: { runId } });
  };
  const remove = async () => {
    const { matches } = await client.samples.remove();
    if (matches === 0) notify.info(t('sample.none'));
    // The same day makes the same sample, so making it again takes the removal back.
    else notify.undo(t('sample.removed', { count: matches }), create);
  };
  const attempt = (work: () => Promise<void>) => () => {
    void work().catch((error: unknown) => {
      notify.failure(error);
    });
  };
  return { create: attempt(create), remove: attempt(remove) };
}
