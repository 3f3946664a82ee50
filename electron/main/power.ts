import { powerMonitor } from 'electron';
import type { ToEngine } from '../../engine/contract/engine-process.ts';

/** Tells the engine when the machine sleeps, wakes, leaves its mains or comes back to them. */
export function watchPower(tell: (message: ToEngine) => void): void {
  powerMonitor.on('suspend', () => {
    tell({ kind: 'power', change: 'suspend' });
  });
  powerMonitor.on('resume', () => {
    tell({ kind: 'power', change: 'resume' });
  });
  powerMonitor.on('on-battery', () => {
    tell({ kind: 'power', change: 'battery' });
  });
  powerMonitor.on('on-ac', () => {
    tell({ kind: 'power', change: 'mains' });
  });
}

/** How the machine is powered now: what an engine that has just started must be told. */
export function presentPower(): ToEngine {
  return { kind: 'power', change: powerMonitor.isOnBatteryPower() ? 'battery' : 'mains' };
}
