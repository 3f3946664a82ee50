import { Alert, Button, Switch } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../components/format.ts';
import { QueryState } from '../../../components/query-state.tsx';
import { Section } from '../../../components/screen.tsx';
import { SimpleTable } from '../../../components/simple-table.tsx';
import { api } from '../../../connection/client.ts';
import { queryClient } from '../../../connection/query-client.ts';
import { notify } from '../../../frame/notify.ts';
import { cronWords, weekdayName } from '../cron-words.ts';
import classes from '../settings.module.css';
import { ScheduleForm } from './schedule-form.tsx';
import type { EditedTask } from './schedule-form.tsx';

/** Tasks that run by themselves: when, what came of the last time, and a switch for each. */
export function SchedulePanel() {
  const { t, i18n } = useTranslation(['settings', 'work']);
  const format = useFormat();
  const query = useQuery(api.schedule.list.queryOptions());
  const [edited, setEdited] = useState<EditedTask | 'new'>();
  const options = {
    onSuccess: () => queryClient.invalidateQueries({ queryKey: api.schedule.key() }),
    onError: (error: Error) => {
      notify.failure(error);
    },
  };
  const enable = useMutation(api.schedule.enable.mutationOptions(options));
  const start = useMutation(api.schedule.runNow.mutationOptions(options));
  const cancel = useMutation(api.schedule.cancel.mutationOptions(options));
  const words = (cron: string): string => {
    const said = cronWords(cron);
    if (said.kind === 'other') return cron;
    const times = new Intl.ListFormat(i18n.language, { type: 'conjunction' }).format(said.times);
    return said.kind === 'daily'
      ? t('schedule.daily', { times })
      : t('schedule.weekly', { times, day: weekdayName(said.day, i18n.language) });
  };
  return (
    <Section
      title={t('panels.schedule')}
      info={t('schedule.info')}
      flush
      actions={
        <Button
          onClick={() => {
            setEdited('new');
          }}
        >
          {t('schedule.add')}
        </Button>
      }
    >
      {edited !== undefined && (
        <ScheduleForm
          key={edited === 'new' ? '' : edited.name}
          task={edited === 'new' ? undefined : edited}
          title={edited === 'new' ? t('schedule.add') : titleOf(edited.name)}
          onClose={() => {
            setEdited(undefined);
          }}
        />
      )}
      <QueryState query={query} height={320}>
        {({ tasks, isKept, hold, holdUntil, zone }) => (
          <>
            {!isKept && (
              <Alert color="yellow" m="md">
                {t('schedule.not-kept')}
              </Alert>
            )}
            {hold !== null && (
              <Alert color="accent" m="md">
                {hold === 'battery' || holdUntil === null
                  ? t('schedule.held-by-battery')
                  : t('schedule.held-until', { until: format.instant(holdUntil) })}
              </Alert>
            )}
            <SimpleTable
              caption={t('panels.schedule')}
              rows={tasks}
              rowKey={({ name }) => name}
              isMarked={({ last }) => last?.state === 'running'}
              columns={[
                {
                  key: 'on',
                  title: t('schedule.columns.on'),
                  cell: ({ name, enabled }) => (
                    <Switch
                      aria-label={t('schedule.switch', { name: titleOf(name) })}
                      checked={enabled}
                      onChange={(event) => {
                        enable.mutate({ name, enabled: event.currentTarget.checked });
                      }}
                    />
                  ),
                },
                {
                  key: 'task',
                  title: t('schedule.columns.task'),
                  isRowHead: true,
                  cell: ({ name, kind }) => (
                    <>
                      <div className={classes.name}>{titleOf(name)}</div>
                      <div className={classes.help}>{t(`schedule.kinds.${kind}`)}</div>
                    </>
                  ),
                },
                {
                  key: 'times',
                  title: t('schedule.columns.times'),
                  definition: t('schedule.zone', { zone }),
                  cell: ({ cron, nextAt }) => (
                    <>
                      <div>{words(cron)}</div>
                      {nextAt !== null && (
                        <div className={classes.help}>
                          {t('schedule.next', { at: format.instant(nextAt) })}
                        </div>
                      )}
                    </>
                  ),
                },
                {
                  key: 'last',
                  title: t('schedule.columns.last'),
                  cell: ({ last }) =>
                    last === null ? (
                      <span className={classes.help}>{t('schedule.never')}</span>
                    ) : (
                      <>
                        <div className={last.state === 'failed' ? classes.problem : undefined}>
                          {t(`schedule.states.${last.state}`)}
                        </div>
                        <div className={classes.help}>{format.instant(last.startedAt)}</div>
                        {last.errorCode !== null && (
                          <div className={classes.help}>{t(`engine:errors.${last.errorCode}`)}</div>
                        )}
                      </>
                    ),
                },
                {
                  key: 'actions',
                  title: t('schedule.columns.actions'),
                  align: 'end',
                  cell: (task) => (
                    <span className={classes.row} style={{ flexWrap: 'nowrap' }}>
                      {task.last?.state === 'running' ? (
                        <Button
                          variant="default"
                          size="compact-xs"
                          onClick={() => {
                            if (task.last) cancel.mutate({ id: task.last.id });
                          }}
                        >
                          {t('schedule.stop')}
                        </Button>
                      ) : (
                        <Button
                          variant="default"
                          size="compact-xs"
                          onClick={() => {
                            start.mutate({ name: task.name });
                          }}
                        >
                          {t('schedule.run')}
                        </Button>
                      )}
                      <Button
                        variant="default"
                        size="compact-xs"
                        onClick={() => {
                          setEdited(task);
                        }}
                      >
                        {t('schedule.edit')}
                      </Button>
                    </span>
                  ),
                },
              ]}
            />
          </>
        )}
      </QueryState>
    </Section>
  );

  /** Tasks that come with the program have names in words; the analyst's own are called as they were named. */
  function titleOf(name: string): string {
    return t(`schedule.tasks.${name}`, { defaultValue: name });
  }
}
