import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { api } from '../connection/client.ts';
import { useShownName } from './use-shown-name.ts';

export type ChampionshipNames = (code: string, otherwise?: string) => string;

/** Names of championships by their codes, in the language that is shown; what is given where there is none yet. */
export function useChampionshipNames(options: { readonly hasCountry?: boolean } = {}): ChampionshipNames {
  const { hasCountry = false } = options;
  const shown = useShownName();
  const { data } = useQuery(api.championship.list.queryOptions({ staleTime: 60_000 }));
  const names = useMemo(
    () =>
      new Map(
        data?.map(({ championship: { code, name, country } }) => [
          code,
          hasCountry ? `${shown(country)} · ${shown(name)}` : shown(name),
        ]),
      ),
    [data, shown, hasCountry],
  );
  return useCallback((code, otherwise = code) => names.get(code) ?? otherwise, [names]);
}
