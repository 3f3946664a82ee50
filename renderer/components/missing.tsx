import { dash } from './format-values.ts';
import classes from './missing.module.css';

/** A value that is not there: a dash with the reason, on hover and for screen readers; never a 0. */
export function Missing({ reason }: { readonly reason: string }) {
  return (
    <span className={classes.missing} title={reason}>
      <span aria-hidden>{dash}</span>
      <span className={classes.reason}>{reason}</span>
    </span>
  );
}
