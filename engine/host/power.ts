import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Whether the computer runs on its battery, as Linux tells it. Elsewhere, and where nothing is told, it counts as being on
 * the mains; the desktop program asks the system itself.
 */
export function isOnBattery(folder = '/sys/class/power_supply'): boolean {
  const read = (name: string, file: string): string => {
    try {
      return readFileSync(join(folder, name, file), 'utf8').trim();
    } catch {
      return '';
    }
  };
  let supplies: readonly string[];
  try {
    supplies = readdirSync(folder);
  } catch {
    return false;
  }
  const mains = supplies.filter((name) => read(name, 'type') === 'Mains');
  if (mains.some((name) => read(name, 'online') === '1')) return false;
  return supplies.some(
    (name) =>
      read(name, 'type') === 'Battery' &&
      // A mouse has a battery, too.
      read(name, 'scope') !== 'Device' &&
      read(name, 'status') === 'Discharging',
  );
}
