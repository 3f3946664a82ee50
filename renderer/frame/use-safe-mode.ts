import { useEffect, useState } from 'react';
import { desktop } from './desktop.ts';

/** Whether the desktop shell has started the engine without its schedule because it ended twice within a minute. */
export function useSafeMode(): boolean {
  const [isSafe, setSafe] = useState(false);
  useEffect(() => {
    if (desktop === undefined) return undefined;
    let isHeard = false;
    const stop = desktop.on('engine', (engine) => {
      isHeard = true;
      setSafe(engine.state === 'ready' && engine.safeMode);
    });
    void desktop.engineState({}).then((answer) => {
      // What was told meanwhile is newer than the answer.
      if (isHeard || !('value' in answer)) return;
      setSafe(answer.value.state === 'ready' && answer.value.safeMode);
    });
    return stop;
  }, []);
  return isSafe;
}
