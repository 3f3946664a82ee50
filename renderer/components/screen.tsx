import { useId } from 'react';
import type { ReactNode } from 'react';
import { InfoTip } from './info-tip.tsx';
import classes from './screen.module.css';

export interface ScreenProps {
  readonly title: string;
  readonly subtitle?: ReactNode;
  readonly actions?: ReactNode;
  /** The screen is as high as its place, and something inside scrolls (a grid, say). */
  readonly fill?: boolean;
  readonly children: ReactNode;
}

/** What every screen stands in: its one heading, what can be done with it, and its parts. */
export function Screen({ title, subtitle, actions, fill = false, children }: ScreenProps) {
  return (
    <div className={fill ? `${classes.screen} ${classes.fill}` : classes.screen}>
      <title>{`${title} · Auspex`}</title>
      <header className={classes.head}>
        <div className={classes.titles}>
          <h1 className={classes.title} dir="auto">
            {title}
          </h1>
          {subtitle !== undefined && <p className={classes.subtitle}>{subtitle}</p>}
        </div>
        {actions !== undefined && <div className={classes.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}

export interface SectionProps {
  readonly title: string;
  /** What this part shows, in plain words, behind a question mark. */
  readonly info?: ReactNode;
  /** A line under the title: the period, the count. */
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  /** No room around the content: for grids and tables. */
  readonly flush?: boolean;
  readonly children: ReactNode;
}

/** A part of a screen: a card with its heading. */
export function Section({ title, info, note, actions, flush = false, children }: SectionProps) {
  const id = useId();
  return (
    <section className={classes.section} aria-labelledby={id}>
      <div className={classes.sectionHead}>
        <div className={classes.sectionTitles}>
          <h2 className={classes.sectionTitle} id={id}>
            {title}
          </h2>
          {info !== undefined && <InfoTip about={title}>{info}</InfoTip>}
          {note !== undefined && <p className={classes.sectionNote}>{note}</p>}
        </div>
        {actions !== undefined && <div className={classes.actions}>{actions}</div>}
      </div>
      <div className={flush ? `${classes.sectionBody} ${classes.flush}` : classes.sectionBody}>
        {children}
      </div>
    </section>
  );
}
