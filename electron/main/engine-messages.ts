import type { FromEngine, ShellSettings, ToEngine } from '../../engine/contract/engine-process.ts';
import { toAppError } from '../../engine/contract/errors.ts';
import type { SecretStore } from '../../engine/ports/index.ts';
import { presentPower } from './power.ts';

export interface EngineListener {
  readonly vault: SecretStore;
  onSettings(settings: ShellSettings): void;
  onWork(work: Extract<FromEngine, { kind: 'work' }>): void;
  onRunEnded(run: Extract<FromEngine, { kind: 'run-ended' }>): void;
  onAlert(alert: Extract<FromEngine, { kind: 'alert' }>): void;
  onFolders(folders: readonly string[]): void;
}

/** Does what the engine's process asks of the shell. */
export function hearEngine(
  message: FromEngine,
  answer: (message: ToEngine) => void,
  listener: EngineListener,
): void {
  switch (message.kind) {
    case 'ready':
      listener.onFolders(message.folders);
      answer(presentPower());
      break;
    case 'settings':
      listener.onSettings(message.settings);
      break;
    case 'work':
      listener.onWork(message);
      break;
    case 'run-ended':
      listener.onRunEnded(message);
      break;
    case 'alert':
      listener.onAlert(message);
      break;
    case 'secret':
      void answerSecret(message, listener.vault).then(answer);
      break;
    case 'failed':
      break;
  }
}

async function answerSecret(
  { id, operation, name, secret }: Extract<FromEngine, { kind: 'secret' }>,
  vault: SecretStore,
): Promise<ToEngine> {
  try {
    let value: string | string[] | null = null;
    if (operation === 'get') value = (await vault.get(name)) ?? null;
    else if (operation === 'names') value = [...(await vault.names())];
    else if (operation === 'remove') await vault.remove(name);
    else await vault.set(name, secret ?? '');
    return { kind: 'secret-answer', id, value };
  } catch (error) {
    return { kind: 'secret-answer', id, value: null, refusal: toAppError(error).message };
  }
}
