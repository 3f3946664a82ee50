import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { QueryState } from '../../components/query-state.tsx';
import { Screen } from '../../components/screen.tsx';
import { api } from '../../connection/client.ts';
import { SavedViews } from '../../frame/saved-views.tsx';
import { CalibrationPickers } from './calibration-pickers.tsx';
import { CalibrationView } from './calibration-view.tsx';
import type { CalibrationSearch } from './route.tsx';
import classes from './calibration.module.css';

/** Whether probabilities mean what they say, for the model, championship and period that are picked. */
export function CalibrationScreen() {
  const { t } = useTranslation('calibration');
  const search = useSearch({ from: '/calibration' });
  const navigate = useNavigate();
  const change = (changed: Partial<CalibrationSearch>) => {
    void navigate({ to: '/calibration', search: { ...search, ...changed }, replace: true });
  };
  const options = useQuery(api.calibration.options.queryOptions());
  const { model, championship = null, from, until, origin } = search;
  const report = useQuery(
    api.calibration.report.queryOptions({
      input: {
        model,
        championship,
        origin,
        ...(from === undefined ? {} : { from }),
        ...(until === undefined ? {} : { until }),
      },
      placeholderData: keepPreviousData,
    }),
  );
  return (
    <Screen title={t('title')} subtitle={t('subtitle')} actions={<SavedViews screen="calibration" />}>
      <QueryState query={options} height={52}>
        {(known) => <CalibrationPickers options={known} search={search} change={change} />}
      </QueryState>
      <QueryState
        query={report}
        height={720}
        empty={{ when: ({ n }) => n === 0, title: t('empty.title'), text: t('empty.text') }}
      >
        {(found) => (
          <div className={classes.content}>
            <CalibrationView
              report={found}
              search={search}
              change={change}
              championships={options.data?.championships ?? []}
            />
          </div>
        )}
      </QueryState>
    </Screen>
  );
}
