import { useQuery } from '@tanstack/react-query';
import { api, client } from '../../connection/client.ts';
import { queryClient } from '../../connection/query-client.ts';

const kept = 8;
const name = 'recent-commands';
const options = () => api.workspace.get.queryOptions({ input: { kind: 'layout', name } });

/** Commands that were used lately, the last one first. */
export function useRecent(): readonly string[] {
  const { data } = useQuery(options());
  return Array.isArray(data?.value) ? (data.value as string[]) : [];
}

export function rememberUse(id: string): void {
  const before = queryClient.getQueryData(options().queryKey)?.value;
  const others = Array.isArray(before) ? (before as string[]).filter((one) => one !== id) : [];
  const value = [id, ...others].slice(0, kept);
  void client.workspace.put({ kind: 'layout', name, value, isUndoable: false }).catch(() => undefined);
}
