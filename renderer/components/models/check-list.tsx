import { useTranslation } from 'react-i18next';
import type { CheckResultRecord } from '../../../engine/contract/training.ts';
import { useFormat } from '../format.ts';
import { SimpleTable } from '../simple-table.tsx';
import classes from './check-list.module.css';

const order = { fail: 0, warn: 1, pass: 2, skipped: 3 } as const;
const signs = { fail: '✕', warn: '!', pass: '✓', skipped: '–' } as const;

/** The report of the sanity checks, what failed first. */
export function CheckList({ checks }: { readonly checks: readonly CheckResultRecord[] }) {
  const { t } = useTranslation(['work', 'engine']);
  const format = useFormat();
  const figureOf = ({ figure, figureKind }: CheckResultRecord) => {
    if (figureKind === 'share') return format.percent(figure);
    return figureKind === 'count' ? format.count(figure) : format.number(figure, 4);
  };
  return (
    <SimpleTable
      caption={t('checks.title')}
      isCaptionShown
      isDense
      rows={checks.toSorted((a, b) => order[a.status] - order[b.status])}
      rowKey={({ name }) => name}
      empty={t('checks.none')}
      columns={[
        {
          key: 'status',
          title: t('checks.status'),
          cell: ({ status }) => (
            <span className={`${classes.status} ${classes[status]}`}>
              <span aria-hidden>{signs[status]}</span>
              {t(`engine:checks.statuses.${status}`)}
            </span>
          ),
        },
        {
          key: 'check',
          title: t('checks.check'),
          isRowHead: true,
          cell: (check) => (
            <>
              {check.figure === null
                ? t(`checks.skipped.${reasonOf(check)}`, { defaultValue: check.sentence })
                : t(`engine:checks.${check.name}`, { figure: figureOf(check) })}
              {check.overriddenBecause !== null && (
                <span className={classes.reason} lang="en">
                  {check.overriddenBecause}
                </span>
              )}
            </>
          ),
        },
      ]}
    />
  );
}

/** Why a check was skipped, as the name of its text: `Skipped: there is no later part.` -> `there-is-no-later-part`. */
function reasonOf({ sentence }: CheckResultRecord): string {
  return sentence
    .replace(/^Skipped: /, '')
    .replace(/\.$/, '')
    .replaceAll(/[^a-z0-9]+/g, '-');
}
