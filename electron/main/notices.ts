import { Notification } from 'electron';
import type { DesktopCallInput } from '../../engine/contract/desktop.ts';
import { tellsOfRun, type NoticeWishes } from '../../engine/contract/notices.ts';
import type { FromEngine } from '../../engine/contract/engine-process.ts';
import { fill, type Texts } from './texts.ts';

export type Notice = DesktopCallInput<'notify'>;
type RunEnded = Extract<FromEngine, { kind: 'run-ended' }>;

type Alert = Extract<FromEngine, { kind: 'alert' }>;

/** What is to be said of a run that is over while nobody looks; nothing where the analyst does not wish it. */
export function noticeOf(
  run: RunEnded,
  { texts, wishes }: { readonly texts: Texts; readonly wishes: NoticeWishes },
): Notice | undefined {
  if (!tellsOfRun(run, wishes)) return undefined;
  const names: Readonly<Record<string, string>> = texts.stages;
  const stage = names[run.stage] ?? fill(texts.stages.other, { stage: run.stage });
  const address = `/runs/${run.runId}`;
  if (run.state === 'failed') {
    const reason = run.errorText ?? run.errorCode ?? 'INTERNAL';
    const text = fill(texts.notices.failure, { stage, reason });
    return { title: texts.notices.runFailed, text, address };
  }
  return { title: texts.notices.runDone, text: fill(texts.notices.stage, { stage, ...spent(run) }), address };
}

/** What is to be said of an alert that was raised while nobody looks. */
export function noticeOfAlert({ title, address }: Alert, texts: Texts): Notice {
  return { title: texts.notices.alert, text: title.slice(0, 1000), address: address ?? '/monitoring' };
}

function spent({ durationMs }: RunEnded): { minutes: number; seconds: string } {
  const seconds = Math.round(durationMs / 1000);
  return { minutes: Math.floor(seconds / 60), seconds: String(seconds % 60).padStart(2, '0') };
}

/** Shows a system notification; a click leads to its address. */
export function showNotice({ title, text, address }: Notice, follow: (address: string) => void): void {
  if (!Notification.isSupported()) return;
  const notification = new Notification({ title, body: text, silent: true });
  notification.on('click', () => {
    follow(address ?? '/today');
  });
  notification.show();
}
