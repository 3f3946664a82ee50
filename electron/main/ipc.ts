import { ipcMain, type IpcMainEvent, type IpcMainInvokeEvent, type WebContents } from 'electron';
import { desktopCallMessage, desktopEventMessage } from '../../engine/contract/desktop-names.ts';
import {
  desktopCalls,
  type DesktopAnswer,
  type DesktopAnswers,
  type DesktopCallInput,
  type DesktopCallName,
  type DesktopEventName,
  type DesktopEvents,
} from '../../engine/contract/desktop.ts';
import { AppError, toErrorRecord } from '../../engine/contract/errors.ts';
import { isOwn } from './navigation-guard.ts';

/** What the shell does for each call. */
export type DesktopHandlers = {
  readonly [Name in DesktopCallName]: (
    input: DesktopCallInput<Name>,
    sender: WebContents,
  ) => DesktopAnswers[Name] | Promise<DesktopAnswers[Name]>;
};

/**
 * Listens to the page's calls. Each is checked twice before anything happens: who sent it (the main frame of our own
 * page), and what it says (its schema). A refusal goes back as a record, with its code.
 */
export function handleCalls(handlers: DesktopHandlers): void {
  for (const name of Object.keys(desktopCalls) as DesktopCallName[]) {
    ipcMain.handle(
      desktopCallMessage(name),
      async (event, input: unknown): Promise<DesktopAnswer<unknown>> => {
        try {
          if (!isFromOwnPage(event)) throw new AppError('USAGE', 'Only the program itself may ask this.');
          const parsed = desktopCalls[name].safeParse(input);
          if (!parsed.success) throw new AppError('USAGE', `${name}: ${parsed.error.message}`);
          const handler = handlers[name] as (input: unknown, sender: WebContents) => unknown;
          return { value: await handler(parsed.data, event.sender) };
        } catch (error) {
          return { error: toErrorRecord(error) };
        }
      },
    );
  }
}

/** Whether a message comes from the main frame of our own page: not from a frame in it, not from anywhere else. */
export function isFromOwnPage(event: IpcMainEvent | IpcMainInvokeEvent): boolean {
  const { senderFrame } = event;
  return senderFrame !== null && senderFrame.parent === null && isOwn(senderFrame.url);
}

/** Tells a page something; a page that is gone is told nothing. */
export function tellPage<Name extends DesktopEventName>(
  contents: WebContents,
  name: Name,
  value: DesktopEvents[Name],
): void {
  if (!contents.isDestroyed()) contents.send(desktopEventMessage(name), value);
}
