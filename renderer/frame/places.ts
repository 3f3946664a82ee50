import type { IconName } from './icons.tsx';

/** The screens of the rail, in its order. */
export const railPlaces = [
  { name: 'today', address: '/today', icon: 'today' },
  { name: 'matches', address: '/matches', icon: 'matches' },
  { name: 'forecasts', address: '/forecasts', icon: 'forecasts' },
  { name: 'results', address: '/results', icon: 'results' },
  { name: 'calibration', address: '/calibration', icon: 'calibration' },
  { name: 'models', address: '/models', icon: 'models' },
  { name: 'features', address: '/features', icon: 'features' },
  { name: 'monitoring', address: '/monitoring', icon: 'monitoring' },
  { name: 'data', address: '/data', icon: 'data' },
  { name: 'runs', address: '/runs', icon: 'runs' },
] as const satisfies readonly { name: string; address: string; icon: IconName }[];

export const settingsPlace = { name: 'settings', address: '/settings', icon: 'settings' } as const;

const objects: Readonly<Record<string, string>> = {
  match: 'matches',
  championship: 'matches',
  team: 'matches',
  studies: 'models',
};

/** What an address shows: the screen's name, whether it is one thing among many, and whose place in the rail it is. */
export function screenOf(address: string): { name: string; isObject: boolean; place: string } {
  const [first = 'today', second] = (address.split('?')[0] ?? '').split('/').filter((part) => part !== '');
  const singular: Readonly<Record<string, string>> = { studies: 'study', models: 'model', runs: 'run' };
  const isObject = second !== undefined;
  return {
    name: isObject ? (singular[first] ?? first) : first,
    isObject,
    place: objects[first] ?? first,
  };
}

/** Where a found thing is shown. */
export function addressOf(kind: string, id: string): string {
  const roots: Readonly<Record<string, string>> = { model: '/models', run: '/runs', study: '/studies' };
  return `${roots[kind] ?? `/${kind}`}/${encodeURIComponent(id)}`;
}
