import { calibrationRoute } from './screens/calibration/route.tsx';
import { championshipRoute } from './screens/championship/route.tsx';
import { dataRoute } from './screens/data/route.tsx';
import { featuresRoute } from './screens/features/route.tsx';
import { forecastsRoute } from './screens/forecasts/route.tsx';
import { matchRoute } from './screens/match/route.tsx';
import { matchesRoute } from './screens/matches/route.tsx';
import { modelRoute } from './screens/model/route.tsx';
import { modelsRoute } from './screens/models/route.tsx';
import { monitoringRoute } from './screens/monitoring/route.tsx';
import { resultsRoute } from './screens/results/route.tsx';
import { runRoute } from './screens/run/route.tsx';
import { runsRoute } from './screens/runs/route.tsx';
import { settingsRoute } from './screens/settings/route.tsx';
import { studyRoute } from './screens/study/route.tsx';
import { teamRoute } from './screens/team/route.tsx';
import { todayRoute } from './screens/today/route.tsx';
import { welcomeRoute } from './screens/welcome/route.tsx';

/** Every screen there is: a folder under `screens/`, and its line here. */
export const screens = [
  todayRoute,
  matchesRoute,
  matchRoute,
  championshipRoute,
  teamRoute,
  featuresRoute,
  modelsRoute,
  modelRoute,
  studyRoute,
  calibrationRoute,
  forecastsRoute,
  resultsRoute,
  monitoringRoute,
  dataRoute,
  runsRoute,
  runRoute,
  settingsRoute,
  welcomeRoute,
] as const;
