import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format.ts';

const trial = /^study (\d+), trial (\d+)$/;
const trainedUntil = /^([a-z-]+) until (\d{4}-\d{2}-\d{2})$/;
const trained = /^([a-z-]+) (\S+), run (\d+)$/;
const fold = /^from (\d{4}-\d{2}-\d{2})$/;

export interface RunNames {
  /** Of a run of an experiment; a name that somebody gave it stays as it is. */
  run(name: string): string;
  /** Of a part that walk-forward validation judged: a season stays as it is, a day is written out. */
  fold(name: string): string;
}

/** The names that the engine gives by itself, in the reader's language. They are stored once, for all languages. */
export function useRunNames(): RunNames {
  const { t } = useTranslation(['models', 'engine']);
  const format = useFormat();
  const run = useCallback(
    (name: string) => {
      const family = (code: string) => t(`engine:evaluation.families.${code}`, { defaultValue: code });
      const [, study, number] = trial.exec(name) ?? [];
      if (number !== undefined) return t('models:run-names.trial', { study, number });
      const [, until, day] = trainedUntil.exec(name) ?? [];
      if (day !== undefined) {
        return t('models:run-names.until', { family: family(until!), day: format.day(day) });
      }
      const [, made, place, id] = trained.exec(name) ?? [];
      if (id === undefined) return name;
      if (place === 'pooled') return t('models:run-names.pooled', { family: family(made!), id });
      return t('models:run-names.of', { family: family(made!), place, id });
    },
    [t, format],
  );
  const foldName = useCallback(
    (name: string) => {
      const [, day] = fold.exec(name) ?? [];
      return day === undefined ? name : t('models:run-names.from', { day: format.day(day) });
    },
    [t, format],
  );
  return { run, fold: foldName };
}
