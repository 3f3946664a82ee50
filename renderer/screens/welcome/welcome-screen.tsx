import { Anchor, Button, NativeSelect, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../connection/client.ts';
import { useSample } from '../../frame/sample.ts';
import { useSetSetting, useSetting } from '../../frame/settings.ts';
import { startTour } from '../../frame/tour/tour-state.ts';
import { zoneNames } from '../settings/zones.ts';
import { welcomeRoute } from './route.tsx';
import { SampleProgress } from './sample-progress.tsx';
import classes from './welcome.module.css';

/** The first page: what this is, in which language and zone, and with which data to begin. */
export function WelcomeScreen() {
  const { t } = useTranslation('welcome');
  const { runId } = welcomeRoute.useSearch();
  return (
    <div className={classes.welcome}>
      <title>{`${t('title')} · Auspex`}</title>
      <header className={classes.hero}>
        <h1>{t('title')}</h1>
        <p>{t('text')}</p>
      </header>
      <Choices />
      {runId === undefined ? <Ways /> : <SampleProgress runId={runId} />}
      <p className={classes.foot}>
        {t('private')}{' '}
        <Anchor component="button" type="button" size="sm" onClick={startTour}>
          {t('tour')}
        </Anchor>
      </p>
    </div>
  );
}

/** The two ways to begin. */
function Ways() {
  const { t } = useTranslation('welcome');
  const { data: status } = useQuery(api.samples.status.queryOptions());
  const sample = useSample();
  return (
    <div className={classes.ways}>
      <section className={classes.way} aria-labelledby="way-sample">
        <h2 id="way-sample">{t('sample.title')}</h2>
        <p>{t('sample.text')}</p>
        <div className={classes.actions}>
          {status?.isPresent === true ? (
            <>
              <Button component={Link} to="/today">
                {t('sample.open')}
              </Button>
              <Button variant="default" onClick={sample.remove}>
                {t('sample.remove')}
              </Button>
            </>
          ) : (
            <Button onClick={sample.create} disabled={status === undefined}>
              {t('sample.create')}
            </Button>
          )}
        </div>
        {status?.isPresent === true && (
          <p className={classes.note}>{t('sample.held', { count: status.matches })}</p>
        )}
      </section>
      <section className={classes.way} aria-labelledby="way-real">
        <h2 id="way-real">{t('real.title')}</h2>
        <p>{t('real.text')}</p>
        <div className={classes.actions}>
          <Button variant="default" component={Link} to="/data">
            {t('real.open')}
          </Button>
        </div>
        {status !== undefined && status.realMatches > 0 && (
          <p className={classes.note}>{t('real.held', { count: status.realMatches })}</p>
        )}
      </section>
    </div>
  );
}

function Choices() {
  const { t } = useTranslation('welcome');
  const set = useSetSetting();
  const [language, theme, zone] = [
    useSetting('language'),
    useSetting('appearance.theme'),
    useSetting('zone'),
  ];
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <section className={classes.choices} aria-label={t('choices.label')}>
      <div className={classes.choice}>
        <span id="choice-language">{t('choices.language')}</span>
        <SegmentedControl
          aria-labelledby="choice-language"
          value={language === 'ru' ? 'ru' : 'en'}
          onChange={(value) => {
            set('language', value);
          }}
          data={[
            { value: 'en', label: 'English' },
            { value: 'ru', label: 'Русский' },
          ]}
        />
      </div>
      <div className={classes.choice}>
        <span id="choice-theme">{t('choices.theme')}</span>
        <SegmentedControl
          aria-labelledby="choice-theme"
          value={typeof theme === 'string' ? theme : 'system'}
          onChange={(value) => {
            set('appearance.theme', value);
          }}
          data={(['system', 'light', 'dark'] as const).map((value) => ({
            value,
            label: t(`choices.theme-${value}`),
          }))}
        />
      </div>
      <div className={classes.choice}>
        <label htmlFor="choice-zone">{t('choices.zone')}</label>
        <NativeSelect
          id="choice-zone"
          value={typeof zone === 'string' ? zone : 'UTC'}
          data={zoneNames(typeof zone === 'string' ? zone : 'UTC')}
          onChange={(event) => {
            set('zone', event.currentTarget.value);
          }}
        />
        {typeof zone === 'string' && zone !== here && (
          <Button
            variant="subtle"
            onClick={() => {
              set('zone', here);
            }}
          >
            {t('choices.zone-here', { zone: here })}
          </Button>
        )}
      </div>
    </section>
  );
}
