import i18next from 'i18next';
import { languages } from '../../engine/contract/domain.ts';
import type { EngineEvent } from '../../engine/contract/events.ts';
import { isQuiet, noticeWishesOf, tellsOfRun } from '../../engine/contract/notices.ts';
import { RunClock } from '../../engine/contract/run-clock.ts';
import type { EndedRun } from '../../engine/contract/run-clock.ts';
import { createFormat } from '../components/format-values.ts';
import { api } from '../connection/client.ts';
import { queryClient } from '../connection/query-client.ts';
import { desktop } from './desktop.ts';

/** Whether the browser may show notifications of the system. The desktop shell shows its own, without the page. */
export type NoticePermission = 'granted' | 'denied' | 'default' | 'unsupported' | 'desktop';

export function noticePermission(): NoticePermission {
  if (desktop !== undefined) return 'desktop';
  return 'Notification' in window ? Notification.permission : 'unsupported';
}

/** Asks the browser; only ever on the analyst's click. */
export async function askForNotices(): Promise<NoticePermission> {
  if (noticePermission() === 'default') await Notification.requestPermission();
  return noticePermission();
}

/** One notification of the system; a click brings the page to the front and opens the address. */
export function showSystemNotice(notice: {
  readonly title: string;
  readonly text: string;
  readonly address: string;
  /** Two tabs that tell of the same show it once. */
  readonly tag: string;
  readonly follow: (address: string) => void;
}): void {
  if (noticePermission() !== 'granted') return;
  const shown = new Notification(notice.title, { body: notice.text, tag: notice.tag, silent: true });
  shown.addEventListener('click', () => {
    window.focus();
    notice.follow(notice.address);
    shown.close();
  });
}

/** Hears the engine and lets the browser tell of what is worth it while nobody looks at the page. */
export class SystemNotices {
  readonly #clock = new RunClock();
  readonly #follow: (address: string) => void;

  /** @param follow leads the page to an address */
  constructor(follow: (address: string) => void) {
    this.#follow = follow;
  }

  hear(event: EngineEvent, now: number): void {
    const ended = this.#clock.hear(event, now);
    if (document.visibilityState === 'visible' && document.hasFocus()) return;
    const settings = queryClient.getQueryData(api.settings.list.queryKey());
    const wishes = noticeWishesOf((key) => settings?.find((entry) => entry.key === key)?.value);
    if (isQuiet(now, wishes)) return;
    if (ended && tellsOfRun(ended, wishes)) this.#tellOf(ended);
    if (event.kind === 'alert' && wishes.alerts) {
      const address = event.address ?? '/monitoring';
      const title = i18next.t('frame:system-notices.alert');
      showSystemNotice({
        title,
        text: event.title,
        address,
        tag: `alert-${event.title}`,
        follow: this.#follow,
      });
    }
  }

  #tellOf({ runId, stage, state, durationMs }: EndedRun): void {
    const language = languages.find((one) => i18next.language.startsWith(one)) ?? 'en';
    const format = createFormat({ language, zone: 'UTC', oddsFormat: 'decimal' });
    showSystemNotice({
      title: i18next.t(`frame:system-notices.${state === 'failed' ? 'failed' : 'done'}`),
      text: i18next.t('frame:system-notices.after', {
        run: i18next.t(`frame:stages.${stage}`),
        id: runId,
        time: format.duration(durationMs),
      }),
      address: `/runs/${runId}`,
      tag: `run-${runId}`,
      follow: this.#follow,
    });
  }
}
