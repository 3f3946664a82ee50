import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import { createElement } from 'react';
import { failureOf } from '../connection/failure.ts';
import { failureReport, failureSentence } from './failure-text.ts';
import { keepNotice } from './notices.ts';
import type { Notice } from './notices.ts';
import { Toast, UndoToast } from './toast.tsx';

const shownMs = { success: 4000, info: 6000, warning: 10_000, error: 12_000 } as const;
const undoMs = 10_000;

interface Words {
  /** An address within the product that shows more, e.g. `/runs/12`. */
  readonly address?: string | undefined;
}

function show(kind: Notice['kind'], text: string, options: Words & { readonly report?: string } = {}): void {
  const id = keepNotice({ kind, text, instant: Date.now(), ...options });
  const toast = {
    id: `notice-${id}`,
    message: createElement(Toast, { kind, text, ...options }),
    color: { success: 'teal', info: 'accent', warning: 'yellow', error: 'red' }[kind],
    autoClose: shownMs[kind],
    withBorder: true,
    closeButtonProps: { 'aria-label': i18next.t('frame:notices.dismiss') },
  };
  // A message that comes again while it is still shown is not shown twice.
  notifications.hide(toast.id);
  notifications.show(toast);
}

/**
 * Short messages, each kept in the notification centre. Say nothing of what is visible anyway. Texts come translated.
 */
export const notify = {
  success: (text: string, words?: Words) => {
    show('success', text, words);
  },
  info: (text: string, words?: Words) => {
    show('info', text, words);
  },
  warning: (text: string, words?: Words) => {
    show('warning', text, words);
  },
  error: (text: string, words?: Words) => {
    show('error', text, words);
  },
  /** A call that failed: its sentence, and what is needed to report it. A work that was cancelled on purpose is no failure. */
  failure: (thrown: unknown) => {
    const failure = failureOf(thrown);
    if (failure.code === 'CANCELLED') return;
    show('error', failureSentence(failure, i18next.t), { report: failureReport(failure) });
  },
  /** Says what was done and offers to take it back, instead of asking beforehand. */
  undo: (text: string, undo: () => void | Promise<void>) => {
    const id = `undo-${Date.now()}`;
    const takeBack = () => {
      notifications.hide(id);
      void Promise.resolve(undo()).catch((thrown: unknown) => {
        notify.failure(thrown);
      });
    };
    notifications.show({
      id,
      autoClose: undoMs,
      withBorder: true,
      color: 'accent',
      closeButtonProps: { 'aria-label': i18next.t('frame:notices.dismiss') },
      message: createElement(UndoToast, { text, onUndo: takeBack }),
    });
  },
};
