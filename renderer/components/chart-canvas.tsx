import { Skeleton } from '@mantine/core';
import { useReducedMotion } from '@mantine/hooks';
import type { EChartsType } from 'echarts/core';
import { useEffect, useRef, useState } from 'react';
import type { Language } from '../../engine/contract/domain.ts';
import type * as chartEngine from './chart-engine.ts';
import type { ChartOption } from './chart-theme.ts';
import classes from './chart-figure.module.css';

type ChartEngine = typeof chartEngine;

export interface ChartCanvasProps {
  readonly option: ChartOption;
  readonly language: Language;
  readonly height: number;
  /** A part of the chart was clicked, with the data that its builder gave it. */
  readonly onPick?: ((datum: unknown) => void) | undefined;
}

/** The drawing itself. What it says is said beside it; screen readers do not see it. */
export function ChartCanvas({ option, language, height, onPick }: ChartCanvasProps) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(null);
  const pick = useRef(onPick);
  const engine = useChartEngine();
  const isStill = useReducedMotion();
  useEffect(() => {
    pick.current = onPick;
  });
  useEffect(() => {
    if (engine === undefined || place.current === null) return;
    const drawn = engine.drawChart(place.current, language);
    chart.current = drawn;
    drawn.on('click', (event) => pick.current?.(event.data));
    const observer = new ResizeObserver(() => {
      drawn.resize();
    });
    observer.observe(place.current);
    return () => {
      observer.disconnect();
      chart.current = null;
      drawn.dispose();
    };
  }, [engine, language]);
  useEffect(() => {
    chart.current?.setOption({ ...option, animation: !isStill }, { notMerge: true, lazyUpdate: true });
  }, [engine, language, option, isStill]);
  return (
    <div className={classes.place} style={{ height }} aria-hidden>
      {engine === undefined && <Skeleton height={height} radius="sm" />}
      <div ref={place} className={classes.canvas} />
    </div>
  );
}

let loaded: ChartEngine | undefined;

/** The library, fetched with the first chart. */
export function loadChartEngine(): Promise<ChartEngine> {
  return import('./chart-engine.ts').then((engine) => (loaded = engine));
}

function useChartEngine(): ChartEngine | undefined {
  const [engine, setEngine] = useState(loaded);
  useEffect(() => {
    if (engine === undefined) void loadChartEngine().then(setEngine);
  }, [engine]);
  return engine;
}
