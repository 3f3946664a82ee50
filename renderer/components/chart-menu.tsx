import { ActionIcon, Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { notify } from '../frame/notify.ts';
import { loadChartEngine } from './chart-canvas.tsx';
import { chartCsv, chartTsv } from './chart-data.ts';
import type { ChartData } from './chart-data.ts';
import { pictureExtraHeight, pictureOption } from './chart-picture.ts';
import type { ChartOption, ChartTheme } from './chart-theme.ts';
import { toggleDecals, useDecals } from './decals.ts';
import { useFormat } from './format.ts';
import { fileName, saveFile } from './save-file.ts';

export interface ChartMenuProps {
  readonly title: string;
  readonly description: string;
  readonly data: ChartData;
  readonly name: readonly string[];
  readonly height: number;
  readonly isTable: boolean;
  readonly provenance: string | undefined;
  readonly option: () => { readonly option: ChartOption; readonly theme: ChartTheme };
  readonly onTable: () => void;
  readonly onEnlarge: () => void;
}

const pictureWidth = 960;

/** What can be done with a chart; reached by keyboard like every menu. */
export function ChartMenu(props: ChartMenuProps) {
  const { t } = useTranslation('components');
  const format = useFormat();
  const decals = useDecals();
  const { data, name, title } = props;

  const picture = () => {
    const { option, theme } = props.option();
    const made = t('chart.made', { instant: format.instant(Date.now()) });
    const footer = props.provenance === undefined ? made : `${props.provenance} · ${made}`;
    return {
      option: pictureOption(option, theme, { title, description: props.description, footer }),
      width: pictureWidth,
      height: Math.max(props.height, 320) + pictureExtraHeight,
      language: theme.language,
    };
  };
  const png = async (scale: number) => (await loadChartEngine()).chartAsPng(picture(), scale);
  const attempt = (work: () => Promise<void>) => {
    work().catch((error: unknown) => {
      notify.failure(error);
    });
  };

  const savePng = (scale: number) => {
    attempt(async () => {
      saveFile(fileName(scale === 1 ? name : [...name, `${scale}x`], 'png'), await png(scale));
    });
  };
  const saveSvg = () => {
    attempt(async () => {
      const text = (await loadChartEngine()).chartAsSvg(picture());
      saveFile(fileName(name, 'svg'), new Blob([text], { type: 'image/svg+xml' }));
    });
  };
  const copyPicture = () => {
    attempt(async () => {
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': png(2) })]);
      notify.success(t('chart.picture-copied'));
    });
  };
  const copyData = () => {
    attempt(async () => {
      await navigator.clipboard.writeText(chartTsv(data));
      notify.success(t('chart.data-copied', { count: data.rows.length }));
    });
  };
  const saveCsv = () => {
    saveFile(fileName(name, 'csv'), new Blob([chartCsv(data)], { type: 'text/csv;charset=utf-8' }));
  };

  return (
    <Menu position="bottom-end" shadow="sm" width={240}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={28} aria-label={t('chart.menu', { title })}>
          <svg viewBox="0 0 16 16" width="16" height="16" fill="currentColor" aria-hidden>
            <circle cx="3" cy="8" r="1.4" />
            <circle cx="8" cy="8" r="1.4" />
            <circle cx="13" cy="8" r="1.4" />
          </svg>
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={props.onTable}>
          {props.isTable ? t('chart.as-chart') : t('chart.as-table')}
        </Menu.Item>
        <Menu.Item onClick={props.onEnlarge}>{t('chart.enlarge')}</Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={copyPicture}>{t('chart.copy-picture')}</Menu.Item>
        <Menu.Item onClick={copyData}>{t('chart.copy-data')}</Menu.Item>
        <Menu.Divider />
        <Menu.Item
          onClick={() => {
            savePng(1);
          }}
        >
          {t('chart.save-png')}
        </Menu.Item>
        <Menu.Item
          onClick={() => {
            savePng(2);
          }}
        >
          {t('chart.save-png-large')}
        </Menu.Item>
        <Menu.Item onClick={saveSvg}>{t('chart.save-svg')}</Menu.Item>
        <Menu.Item onClick={saveCsv}>{t('chart.save-csv')}</Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={toggleDecals}>{decals ? t('chart.plain') : t('chart.decals')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
