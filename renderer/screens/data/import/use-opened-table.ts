import { useEffect, useEffectEvent } from 'react';
import { client } from '../../../connection/client.ts';
import { notify } from '../../../frame/notify.ts';
import { useOpenedFiles } from '../../../frame/opened-files.ts';

/** Takes the table that the desktop program was opened with, as if it had been chosen here. */
export function useOpenedTable(
  onUploaded: (file: { readonly uploadId: string; readonly name: string }) => Promise<void>,
): void {
  const path = useOpenedFiles((state) => state.table);
  const uploaded = useEffectEvent(onUploaded);
  useEffect(() => {
    if (path === undefined) return;
    void client.imports
      .open({ path })
      .then((file) => uploaded(file))
      .catch(notify.failure)
      .finally(() => {
        useOpenedFiles.setState({ table: undefined });
      });
  }, [path]);
}
