import { Modal } from '@mantine/core';
import { useId, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { tokens } from '../theme/tokens.ts';
import { useTokens } from '../theme/use-tokens.ts';
import { ChartCanvas } from './chart-canvas.tsx';
import { baseOption } from './chart-theme.ts';
import type { ChartOption, ChartTheme } from './chart-theme.ts';
import { ChartMenu } from './chart-menu.tsx';
import type { ChartData } from './chart-data.ts';
import { ChartTable } from './chart-table.tsx';
import { useFormat } from './format.ts';
import { useDecals } from './decals.ts';
import classes from './chart-figure.module.css';

export interface ChartFigureProps {
  readonly title: string;
  /** What the chart shows in a sentence or two, with its figures: this is what a screen reader says. */
  readonly description: string;
  /** Built from the theme alone; keep it stable (`useCallback`) so that the chart is not drawn anew in vain. */
  readonly option: (theme: ChartTheme) => ChartOption;
  /** Exactly what is plotted, with full precision. */
  readonly table: ChartData;
  readonly height?: number;
  /** Words of the file's name: the object and the period. The title where none is given. */
  readonly name?: readonly string[];
  /** Where the numbers come from: model, data, time of making. */
  readonly provenance?: string;
  /** Title and description are there for screen readers and pictures alone: the section around says the same. */
  readonly isTitleHidden?: boolean;
  /** More controls in the figure's head. */
  readonly tools?: ReactNode;
  readonly onPick?: (datum: unknown) => void;
}

/**
 * The one wrapper of charts: drawn with the theme's tokens, described in words, shown as a table on demand, enlarged,
 * copied, and saved as PNG, SVG or CSV.
 */
export function ChartFigure(props: ChartFigureProps) {
  const { title, description, option: build, table, height = 260, provenance } = props;
  const { t } = useTranslation('components');
  const id = useId();
  const format = useFormat();
  const colours = useTokens();
  const decals = useDecals();
  const [isTable, setTable] = useState(false);
  const [isLarge, setLarge] = useState(false);
  const language = format.preferences.language;
  const option = useMemo(
    () => optionOf(build, { tokens: colours, language, format, decals }),
    [build, colours, language, format, decals],
  );
  const content = (tall: number) =>
    isTable ? (
      <ChartTable data={table} title={title} height={tall} />
    ) : (
      <ChartCanvas option={option} language={language} height={tall} onPick={props.onPick} />
    );
  const hidden = props.isTitleHidden === true;
  return (
    <figure className={classes.figure} aria-labelledby={`${id}title`} aria-describedby={`${id}description`}>
      <figcaption className={classes.caption}>
        <div className={classes.titles}>
          <h3 className={classes.title} id={`${id}title`} hidden={hidden}>
            {title}
          </h3>
          <p className={classes.description} id={`${id}description`} hidden={hidden}>
            {description}
          </p>
        </div>
        <div className={classes.tools}>
          {props.tools}
          <ChartMenu
            title={title}
            description={description}
            data={table}
            name={props.name ?? [title]}
            height={height}
            isTable={isTable}
            provenance={provenance}
            // Pictures are for paper and mail, so they are light whatever the screen is.
            option={() => {
              const theme: ChartTheme = { tokens: tokens.light, language, format, decals };
              return { option: optionOf(build, theme), theme };
            }}
            onTable={() => {
              setTable(!isTable);
            }}
            onEnlarge={() => {
              setLarge(true);
            }}
          />
        </div>
      </figcaption>
      {content(height)}
      {provenance !== undefined && <p className={classes.provenance}>{provenance}</p>}
      <Modal
        opened={isLarge}
        onClose={() => {
          setLarge(false);
        }}
        title={title}
        size="90%"
        closeButtonProps={{ 'aria-label': t('chart.shrink') }}
      >
        <p className={classes.description}>{description}</p>
        {isLarge && content(Math.max(320, Math.round(window.innerHeight * 0.65)))}
      </Modal>
    </figure>
  );
}

function optionOf(build: ChartFigureProps['option'], theme: ChartTheme): ChartOption {
  const base = baseOption(theme);
  const own = build(theme);
  const laid = (key: string) =>
    own[key] === undefined || Array.isArray(own[key])
      ? own[key]
      : { ...(base[key] as object), ...(own[key] as object) };
  return {
    ...base,
    ...own,
    ...(own.grid === undefined ? {} : { grid: laid('grid') }),
    ...(own.tooltip === undefined ? {} : { tooltip: laid('tooltip') }),
    // A legend is shown where the builder asks for one.
    legend: own.legend === undefined ? { show: false } : laid('legend'),
  };
}
