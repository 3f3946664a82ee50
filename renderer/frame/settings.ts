import { useMutation, useQuery } from '@tanstack/react-query';
import { api } from '../connection/client.ts';
import { queryClient } from '../connection/query-client.ts';
import { notify } from './notify.ts';

/** A setting's value; undefined until the engine has said it. */
export function useSetting(key: string): unknown {
  const { data } = useQuery(api.settings.list.queryOptions());
  return data?.find((entry) => entry.key === key)?.value;
}

/** Sets settings: shown at once, and as before again if the engine refuses. */
export function useSetSetting(): (key: string, value: unknown) => void {
  const { mutate } = useMutation(api.settings.set.mutationOptions());
  return (key, value) => {
    const queryKey = api.settings.list.queryKey();
    const before = queryClient.getQueryData(queryKey);
    queryClient.setQueryData(queryKey, (list) =>
      list?.map((entry) => (entry.key === key ? { ...entry, value } : entry)),
    );
    mutate(
      { key, value },
      {
        onError: (error) => {
          queryClient.setQueryData(queryKey, before);
          notify.failure(error);
        },
      },
    );
  };
}
