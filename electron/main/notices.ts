import { Notification } from 'electron';
import type { DesktopCallInput } from '../../engine/contract/desktop.ts';
import type { FromEngine } from '../../engine/contract/engine-process.ts';
import { fill, type Texts } from './texts.ts';

export type Notice = DesktopCallInput<'notify'>;
type RunEnded = Extract<FromEngine, { kind: 'run-ended' }>;

/** A run that took longer is worth a word to somebody who has turned to something else. */
const longRunMs = 60_000;

/** What is to be said of a run that is over while nobody looks; nothing of short ones and of those that were stopped. */
export function noticeOf(run: RunEnded, texts: Texts): Notice | undefined {
  const names: Readonly<Record<string, string>> = texts.stages;
  const stage = names[run.stage] ?? fill(texts.stages.other, { stage: run.stage });
  const address = `/runs/${run.runId}`;
  if (run.state === 'failed') {
    const text = fill(texts.notices.failure, { stage, code: run.errorCode ?? 'INTERNAL' });
    return { title: texts.notices.runFailed, text, address };
  }
  if (run.state !== 'done' || run.durationMs < longRunMs) return undefined;
  const text = fill(texts.notices.stage, { stage, minutes: Math.round(run.durationMs / 60_000) });
  return { title: texts.notices.runDone, text, address };
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
