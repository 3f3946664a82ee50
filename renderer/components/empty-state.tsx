import type { ReactNode } from 'react';
import classes from './empty-state.module.css';

export interface EmptyStateProps {
  readonly title: string;
  readonly text?: ReactNode;
  /** The one thing to do next. */
  readonly action?: ReactNode;
}

/** A place that holds nothing yet: what it is for and what to do next. */
export function EmptyState({ title, text, action }: EmptyStateProps) {
  return (
    <div className={classes.empty}>
      <svg className={classes.picture} viewBox="0 0 64 40" width="64" height="40" aria-hidden>
        <path d="M4 36h56M10 36V22h8v14M28 36V12h8v24M46 36V4h8v32" />
      </svg>
      <p className={classes.title}>{title}</p>
      {text !== undefined && <p className={classes.text}>{text}</p>}
      {action !== undefined && <div className={classes.action}>{action}</div>}
    </div>
  );
}
