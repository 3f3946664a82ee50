import type { ShellSettings, ToEngine } from '../../engine/contract/engine-process.ts';
import { toAppError } from '../../engine/contract/errors.ts';
import { noticeWishesOf } from '../../engine/contract/notices.ts';
import { errorSentence } from '../../engine/host/error-sentence.ts';
import { createEngineHost, type EngineHost } from '../../engine/host/engine-host.ts';
import { resolvePaths } from '../../engine/host/paths.ts';
import { serveMessagePort } from '../../engine/host/transports/message-port.ts';
import type { Parent } from './parent.ts';
import { ShellSecrets } from './shell-secrets.ts';
import { WorkReport } from './work-report.ts';

/**
 * The engine in a process of its own: opens it when the shell says so, serves the contract on every port that is handed
 * over, and ends when it is told to, with what was under way left to be resumed.
 */
export function runEngine(parent: Parent, exit: (code: number) => void): void {
  let engine: EngineHost | undefined;
  const ending = new AbortController();
  const secrets = new ShellSecrets((question) => {
    parent.tell(question);
  });
  const fail = (thrown: unknown): void => {
    const { code, message } = toAppError(thrown);
    parent.tell({ kind: 'failed', code, message });
    exit(1);
  };
  // Nothing is known of the state after this: the shell starts a new engine, which finds its runs interrupted.
  process.on('uncaughtException', fail);

  const start = async ({ home, safeMode }: Extract<ToEngine, { kind: 'start' }>): Promise<void> => {
    const paths = resolvePaths({ home });
    const passphrase = process.env.AUSPEX_PASSPHRASE;
    const host = createEngineHost({ paths, ...(passphrase ? {} : { secrets }) });
    engine = host;
    await tellSettings(host, parent);
    if (!safeMode) host.keepSchedule();
    parent.tell({ kind: 'ready', folders: [paths.home, paths.documents, paths.backups, paths.logs] });
    const report = new WorkReport(
      (message) => {
        parent.tell(message);
      },
      Date.now,
      (code) => errorSentence(code, host.context.settings().get('language')),
    );
    for await (const event of await host.client.system.events(undefined, { signal: ending.signal })) {
      report.hear(event);
      if (event.kind === 'changed' && event.group === 'settings') await tellSettings(host, parent);
    }
  };

  const stop = async (): Promise<void> => {
    ending.abort();
    await engine?.[Symbol.asyncDispose]();
    exit(0);
  };

  parent.listen(({ message, ports: [port] }) => {
    switch (message.kind) {
      case 'start':
        start(message).catch((error: unknown) => {
          if (!ending.signal.aborted) fail(error);
        });
        break;
      case 'connect':
        if (engine && port) serveMessagePort(engine, port);
        break;
      case 'secret-answer':
        secrets.hear(message);
        break;
      case 'power':
        hearPower(engine, message.change);
        break;
      case 'stop':
        stop().catch(fail);
        break;
    }
  });
}

/** What was due while the machine slept is due now; before it sleeps there is nothing to do, as any moment may be the last. */
function hearPower(
  engine: EngineHost | undefined,
  change: Extract<ToEngine, { kind: 'power' }>['change'],
): void {
  if (change === 'battery' || change === 'mains') engine?.setPower(change);
  else if (change === 'resume') engine?.context.keptSchedule()?.look();
}

/** What the shell itself goes by. */
async function tellSettings({ client }: EngineHost, parent: Parent): Promise<void> {
  const values = new Map((await client.settings.list()).map(({ key, value }) => [String(key), value]));
  const settings: ShellSettings = {
    language: values.get('language') === 'ru' ? 'ru' : 'en',
    closeToTray: values.get('desktop.closeToTray') === true,
    offline: values.get('network.offline') === true,
    notices: noticeWishesOf((key) => values.get(key)),
  };
  parent.tell({ kind: 'settings', settings });
}
