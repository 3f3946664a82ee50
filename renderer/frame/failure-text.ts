import type { TFunction } from 'i18next';
import packageFile from '../../package.json';
import type { Failure } from '../connection/failure.ts';

/** What a user reads: the sentence of the code, in the language that is shown. */
export function failureSentence(failure: Failure, t: TFunction): string {
  if (failure.code === 'CONNECTION_LOST') return t('frame:connection.call-lost');
  return t(`engine:errors.${failure.code}`);
}

const secretNames = /pass(word|phrase)?|secret|token|api-?key|authori[sz]ation|cookie/i;

/** What a report says: code, developer's sentence, detail. Whatever is named like a secret is left out. */
export function failureReport(failure: Failure, now: Date = new Date()): string {
  const detail = JSON.stringify(
    failure.detail,
    (key, value: unknown) => (secretNames.test(key) ? '…' : value),
    2,
  );
  return [
    `Auspex ${packageFile.version}, ${now.toISOString()}`,
    `${failure.code}: ${failure.message}`,
    ...(detail === '{}' ? [] : [detail]),
  ].join('\n');
}
