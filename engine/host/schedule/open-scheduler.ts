import { nextDelivery } from '../../../db/queries/outbox.ts';
import { loadLocale } from '../../documents/locale.ts';
import type { Log } from '../../runtime/log.ts';
import { Scheduler, type Timer } from '../../runtime/schedule/scheduler.ts';
import { deliverDue } from '../channel-book.ts';
import type { EngineClient, EngineContext } from '../engine-host.ts';
import { performTask } from './perform-task.ts';

/** The schedule of this database, with everything that its tasks need. */
export function openScheduler(
  context: EngineContext,
  options: {
    readonly client: EngineClient;
    readonly log: Log;
    readonly timer: Timer | undefined;
    isOnBattery(): boolean;
  },
): Scheduler {
  const { client, log, timer } = options;
  const setting = () => context.settings();
  return new Scheduler({
    database: context.writer(),
    clock: context.clock,
    zone: () => setting().get('zone'),
    quietHours: () => setting().get('schedule.quietHours'),
    // Asked only where the answer matters.
    pausedByBattery: () => setting().get('schedule.pausedOnBattery') && options.isOnBattery(),
    perform: (task) => performTask(task, { client, context }),
    background: {
      dueAt: () => nextDelivery(context.reader()),
      perform: async (signal) => {
        await deliverDue(context, signal);
      },
    },
    ...(timer === undefined ? {} : { timer }),
    onChange: () => {
      context.events.emit({ kind: 'changed', group: 'schedule' });
    },
    onFailure: ({ task, errorCode }) => {
      const { t } = loadLocale(setting().get('language'));
      const because = t(`errors.${errorCode ?? 'INTERNAL'}`, {});
      context.events.emit({
        kind: 'alert',
        title: t('schedule.failed', { task, because }),
        address: '/settings',
      });
    },
    log,
  });
}
