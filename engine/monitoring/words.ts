import type { Finding, FindingWords } from '../contract/monitoring.ts';
import type { Locale } from '../documents/locale.ts';

/** A finding in words. Numbers are rounded for reading; the finding itself has them in full. */
export function wordsOfFinding(finding: Finding, locale: Locale): FindingWords {
  const key = `monitoring.rules.${finding.rule}`;
  const subject = subjectWords(finding, locale);
  const values: Record<string, string | number> = { subject, n: locale.integer(finding.n) };
  values['value'] = figureWords(finding, locale);
  for (const [name, value] of Object.entries(finding.detail)) {
    values[name] = typeof value === 'number' ? numberWords(name, value, locale) : (value ?? '–');
  }
  return {
    title: locale.t(`${key}.title`),
    text: locale.t(`${key}.text`, values),
    action: locale.t(`${key}.action`),
    subject,
    figure: figureWords(finding, locale),
  };
}

/** A bound of a finding as its figure is written; undefined where it has none that can be reached. */
export function boundWords(finding: Finding, bound: number | null, locale: Locale): string | undefined {
  if (bound === null || bound === Number.MAX_VALUE) return undefined;
  return figureWords({ ...finding, value: bound }, locale);
}

/** The figure with as many digits as its unit deserves. */
function figureWords({ value, unit }: Pick<Finding, 'value' | 'unit'>, locale: Locale): string {
  if (value === null) return '–';
  switch (unit) {
    case 'count':
      return locale.integer(value);
    case 'share':
      return locale.percent(value, 1);
    case 'days':
    case 'wealth':
    case 'standard-errors':
    case 'p-value':
      return locale.number(value, 1);
    case 'index':
      return locale.number(value, 3);
    case 'log-loss':
      return locale.number(value, 4);
  }
}

function numberWords(name: string, value: number, locale: Locale): string {
  if (name === 'share' || name === 'promised') return locale.percent(value, 1);
  if (name === 'low' || name === 'high') return locale.number(value, 4);
  return Number.isInteger(value) ? locale.integer(value) : locale.number(value, 3);
}

/** Subjects are codes from outside, but for the names of sports and for everything together. */
function subjectWords({ subject }: Finding, locale: Locale): string {
  if (subject === 'all') return locale.t('monitoring.all');
  const sport = /^(football|ice-hockey)(.*)$/.exec(subject);
  return sport ? `${locale.t(`monitoring.sports.${sport[1]!}`)}${sport[2]!}` : subject;
}
