import { Button, Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { taskKinds } from '../../../../engine/contract/schedule.ts';
import type { ScheduleTask, TaskKind } from '../../../../engine/contract/schedule.ts';
import { useFormat } from '../../../components/format.ts';
import { api, client } from '../../../connection/client.ts';
import { failureOf } from '../../../connection/failure.ts';
import { queryClient } from '../../../connection/query-client.ts';
import { notify } from '../../../frame/notify.ts';
import classes from '../settings.module.css';

export interface EditedTask extends ScheduleTask {
  readonly isBuiltIn: boolean;
}

/** The times of a task, with the next of them shown while they are typed; or a task of the analyst's own. */
export function ScheduleForm({
  task,
  title,
  onClose,
}: {
  readonly task: EditedTask | undefined;
  readonly title: string;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const [name, setName] = useState(task?.name ?? '');
  const [kind, setKind] = useState<TaskKind>(task?.kind ?? 'fetch');
  const [cron, setCron] = useState(task?.cron ?? '0 9 * * *');
  const [asked] = useDebouncedValue(cron, 200);
  const check = useQuery({
    ...api.schedule.check.queryOptions({ input: { cron: asked } }),
    retry: false,
    placeholderData: keepPreviousData,
  });
  const done = async (): Promise<void> => {
    await queryClient.invalidateQueries({ queryKey: api.schedule.key() });
    onClose();
  };
  const onError = (error: Error) => {
    notify.failure(error);
  };
  const keep = useMutation(api.schedule.set.mutationOptions({ onSuccess: done, onError }));
  const remove = useMutation(
    api.schedule.remove.mutationOptions({
      onSuccess: async () => {
        await done();
        if (task === undefined) return;
        const { isBuiltIn: _, enabled, ...kept } = task;
        notify.undo(t('schedule.removed', { name: task.name }), async () => {
          await client.schedule.set(kept);
          await client.schedule.enable({ name: kept.name, enabled });
          await queryClient.invalidateQueries({ queryKey: api.schedule.key() });
        });
      },
      onError,
    }),
  );
  const refusal = check.error ? failureOf(check.error).message : undefined;
  const isNamed = /^[a-z0-9][a-z0-9-]{0,40}$/.test(name);
  return (
    <form
      className={classes.form}
      aria-label={title}
      style={{ padding: 16 }}
      onSubmit={(event) => {
        event.preventDefault();
        keep.mutate({ name, kind, cron, parameters: task?.parameters ?? {} });
      }}
    >
      <div className={classes.name}>{title}</div>
      <div className={classes.fields}>
        {task === undefined && (
          <>
            <TextInput
              label={t('schedule.form.name')}
              value={name}
              error={name !== '' && !isNamed ? t('schedule.form.name-rule') : undefined}
              onChange={(event) => {
                setName(event.currentTarget.value);
              }}
            />
            <Select
              label={t('schedule.form.kind')}
              allowDeselect={false}
              value={kind}
              data={taskKinds.map((value) => ({ value, label: t(`schedule.kinds.${value}`) }))}
              onChange={(value) => {
                setKind(value as TaskKind);
              }}
            />
          </>
        )}
        <TextInput
          label={t('schedule.form.cron')}
          description={t('schedule.form.cron-help')}
          value={cron}
          error={refusal}
          onChange={(event) => {
            setCron(event.currentTarget.value);
          }}
        />
      </div>
      <div className={classes.note} role="status">
        {check.data && refusal === undefined
          ? t('schedule.form.next', { times: check.data.next.map((at) => format.instant(at)).join(' · ') })
          : ''}
      </div>
      <div className={classes.row}>
        {task !== undefined && (
          <Button
            variant="subtle"
            onClick={() => {
              remove.mutate({ name: task.name });
            }}
          >
            {t(task.isBuiltIn ? 'schedule.form.restore' : 'schedule.form.remove')}
          </Button>
        )}
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button type="submit" loading={keep.isPending} disabled={!isNamed || refusal !== undefined}>
          {t('schedule.form.keep')}
        </Button>
      </div>
    </form>
  );
}
