import type { ColumnProfile, ImportPreview } from '../../../contract/imports.ts';
import { foldName } from '../names.ts';

/** How tables head their columns, in English and in Russian; folded like names, so spaces and case do not count. */
const headings: Readonly<Record<string, readonly string[]>> = {
  date: ['date', 'matchdate', 'day', 'дата', 'день', 'датаматча'],
  time: ['time', 'kickoff', 'время', 'начало'],
  home: ['home', 'hometeam', 'homename', 'team1', 'хозяева', 'домашняякоманда', 'команда1'],
  away: [
    'away',
    'awayteam',
    'visitor',
    'visitors',
    'awayname',
    'team2',
    'гости',
    'гостеваякоманда',
    'команда2',
  ],
  homeGoals: ['fthg', 'hg', 'homegoals', 'homescore', 'goalshome', 'голыхозяев', 'голы1'],
  awayGoals: ['ftag', 'ag', 'awaygoals', 'awayscore', 'goalsaway', 'голыгостей', 'голы2'],
  result: ['ftr', 'res', 'result'],
  homeGoalsHalfTime: ['hthg', 'homegoalshalftime'],
  awayGoalsHalfTime: ['htag', 'awaygoalshalftime'],
  round: ['round', 'matchweek', 'gameweek', 'тур'],
  homeShots: ['hs', 'homeshots', 'ударыхозяев'],
  awayShots: ['as', 'awayshots', 'ударыгостей'],
  homeShotsOnTarget: ['hst', 'homeshotsontarget'],
  awayShotsOnTarget: ['ast', 'awayshotsontarget'],
  homeCorners: ['hc', 'homecorners', 'угловыехозяев'],
  awayCorners: ['ac', 'awaycorners', 'угловыегостей'],
  homeFouls: ['hf', 'homefouls'],
  awayFouls: ['af', 'awayfouls'],
  homeYellowCards: ['hy', 'homeyellowcards'],
  awayYellowCards: ['ay', 'awayyellowcards'],
  homeRedCards: ['hr', 'homeredcards'],
  awayRedCards: ['ar', 'awayredcards'],
  homeExpectedGoals: ['homexg', 'xghome', 'hxg', 'xg1', 'homeexpectedgoals'],
  awayExpectedGoals: ['awayxg', 'xgaway', 'axg', 'xg2', 'awayexpectedgoals'],
};

const championshipHeadings = ['div', 'league', 'championship', 'competition', 'чемпионат', 'лига', 'турнир'];

/** What the columns seem to mean by their headings. Each column is used once; nothing is guessed from values. */
export function suggestMapping(columns: readonly ColumnProfile[]): ImportPreview['suggestion'] {
  const folded = columns.map(({ name }) => foldName(name));
  const find = (names: readonly string[]) => {
    const at = folded.findIndex((name) => names.includes(name));
    return at < 0 ? undefined : columns[at]!.name;
  };
  const suggested: Record<string, string> = {};
  for (const [field, names] of Object.entries(headings)) {
    const column = find(names);
    if (column !== undefined && !Object.values(suggested).includes(column)) suggested[field] = column;
  }
  return {
    columns: suggested,
    championshipColumn: find(championshipHeadings) ?? null,
    odds: suggestOdds(columns.map(({ name }) => name)),
  };
}

/** Columns such as `B365H`, `B365D`, `B365A`, with a C before the last letter for closing prices. */
function suggestOdds(names: readonly string[]): ImportPreview['suggestion']['odds'] {
  const present = new Set(names);
  return names.flatMap((name) => {
    const match = /^([A-Za-z][A-Za-z0-9]*?)(C?)H$/.exec(name);
    if (!match) return [];
    const [, bookmaker, closing] = match;
    const columns = ['H', 'D', 'A'].map((letter) => `${bookmaker!}${closing!}${letter}`);
    if (!columns.every((column) => present.has(column))) return [];
    return [{ bookmaker: bookmaker!, isClosing: closing === 'C', columns }];
  });
}
