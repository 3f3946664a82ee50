import { Button, Checkbox, MultiSelect, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunKind } from '../../../engine/contract/stages.ts';
import { Section } from '../../components/screen.tsx';
import { api } from '../../connection/client.ts';
import { useRunActions } from '../../frame/runs/run-actions.ts';
import { startableKinds, startParameters } from './start-parameters.ts';
import type { StartChoices } from './start-parameters.ts';
import classes from './runs.module.css';

const nothing: StartChoices = {
  championships: [],
  scope: 'all-time',
  date: '',
  source: 'football-data',
  from: '',
  force: false,
};

/** Starts any kind of run: what, for which championships, as of which day, from which source. */
export function StartForm({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation(['runs', 'frame']);
  const actions = useRunActions();
  const [kind, setKind] = useState<RunKind>('pipeline');
  const [choices, setChoices] = useState(nothing);
  const change = (part: Partial<StartChoices>) => {
    setChoices((before) => ({ ...before, ...part }));
  };
  const isDayWrong = choices.date !== '' && Number.isNaN(Date.parse(choices.date));
  const fetches = kind === 'pipeline' || kind === 'getting';
  return (
    <Section title={t('runs:start.title')}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!isDayWrong) void actions.start(kind, startParameters(kind, choices));
        }}
      >
        <NativeSelect
          data-autofocus
          label={t('runs:start.kind')}
          description={t(`runs:start.means.${kind}`)}
          value={kind}
          data={startableKinds.map((value) => ({ value, label: t(`frame:stages.${value}`) }))}
          onChange={(event) => {
            setKind(startableKinds.find((one) => one === event.currentTarget.value) ?? 'pipeline');
          }}
        />
        {kind !== 'monitor' && (
          <Championships
            chosen={choices.championships}
            onChange={(championships) => {
              change({ championships });
            }}
          />
        )}
        {kind !== 'evaluate' && kind !== 'monitor' && (
          <NativeSelect
            label={t('runs:start.scope')}
            description={t('runs:start.scope-means')}
            value={choices.scope}
            data={[
              { value: 'all-time', label: t('runs:start.all-time') },
              { value: 'today', label: t('runs:scope.today') },
            ]}
            onChange={(event) => {
              change({ scope: event.currentTarget.value === 'today' ? 'today' : 'all-time' });
            }}
          />
        )}
        <TextInput
          type="date"
          label={t('runs:start.date')}
          description={t('runs:start.date-means')}
          value={choices.date}
          error={isDayWrong ? t('runs:start.date-wrong') : undefined}
          onChange={(event) => {
            change({ date: event.currentTarget.value });
          }}
        />
        {fetches && <Source choices={choices} onChange={change} />}
        <div className={`${classes.row} ${classes.wide}`}>
          <Button variant="default" onClick={onClose}>
            {t('runs:start.cancel')}
          </Button>
          <Button type="submit" disabled={isDayWrong}>
            {t('runs:start.submit')}
          </Button>
        </div>
      </form>
    </Section>
  );
}

function Championships(props: {
  readonly chosen: readonly string[];
  readonly onChange: (codes: string[]) => void;
}): ReactNode {
  const { t } = useTranslation('runs');
  const { data } = useQuery(api.matches.choices.queryOptions());
  return (
    <MultiSelect
      label={t('start.championships')}
      description={t('start.championships-means')}
      placeholder={props.chosen.length === 0 ? t('scope.all') : ''}
      searchable
      clearable
      value={[...props.chosen]}
      data={(data?.championships ?? []).map(({ code, name }) => ({
        value: code,
        label: `${code} · ${name}`,
      }))}
      onChange={props.onChange}
    />
  );
}

function Source(props: {
  readonly choices: StartChoices;
  readonly onChange: (part: Partial<StartChoices>) => void;
}) {
  const { t } = useTranslation('runs');
  const { choices, onChange } = props;
  return (
    <>
      <TextInput
        label={t('start.source')}
        description={t('start.source-means')}
        value={choices.source}
        onChange={(event) => {
          onChange({ source: event.currentTarget.value });
        }}
      />
      <TextInput
        label={t('start.from')}
        description={t('start.from-means')}
        value={choices.from}
        onChange={(event) => {
          onChange({ from: event.currentTarget.value });
        }}
      />
      <Checkbox
        label={t('start.force')}
        description={t('start.force-means')}
        checked={choices.force}
        onChange={(event) => {
          onChange({ force: event.currentTarget.checked });
        }}
      />
    </>
  );
}
