import { AppError } from '../contract/errors.ts';
import type { Settings } from './settings.ts';

/** @throws AppError `OFFLINE` while the analyst wants nothing to be sent anywhere */
export function requireOnline(settings: Pick<Settings, 'get'>): void {
  if (settings.get('network.offline')) {
    throw new AppError('OFFLINE', 'The program is offline by the setting network.offline: nothing is sent.');
  }
}
