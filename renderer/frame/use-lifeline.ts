import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import i18next from 'i18next';
import { listen } from '../connection/listen.ts';
import { hear } from './engine-state.ts';
import { restoreLayout } from './layout.ts';
import { notify } from './notify.ts';
import { SystemNotices } from './system-notices.ts';

/** Hears the engine while the window is open, and says what is worth a word. */
export function useLifeline(): void {
  const { history } = useRouter();
  useEffect(() => {
    const system = new SystemNotices((address) => {
      history.push(address);
    });
    const stop = new AbortController();
    void restoreLayout().catch(() => undefined);
    void listen((event) => {
      hear(event, Date.now());
      system.hear(event, Date.now());
      if (event.kind === 'alert') {
        notify.warning(event.title, event.address === null ? {} : { address: event.address });
      }
      // Only whole runs: a part's end is shown where the run is.
      if (event.kind === 'run' && event.run.parentId === null) {
        const { runId, stage, state } = event.run;
        const words = { run: i18next.t(`frame:stages.${stage}`), id: runId };
        const address = `/runs/${runId}`;
        if (state === 'done') notify.success(i18next.t('frame:runs.ended-done', words), { address });
        if (state === 'failed') notify.error(i18next.t('frame:runs.ended-failed', words), { address });
      }
    }, stop.signal);
    return () => {
      stop.abort();
    };
  }, [history]);
}
