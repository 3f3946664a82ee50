import { create } from 'zustand';

/** Stations of the tour: where they point, and the key of their texts. */
export const tourSteps = ['rail', 'palette', 'tabs', 'status', 'forecasts', 'calibration', 'undo'] as const;

interface TourState {
  /** The station that is shown; undefined while there is no tour. */
  readonly step: number | undefined;
}

export const useTour = create<TourState>(() => ({ step: undefined }));

export function startTour(): void {
  useTour.setState({ step: 0 });
}

export function leaveTour(): void {
  useTour.setState({ step: undefined });
}

export function goToStep(step: number): void {
  if (step < 0 || step >= tourSteps.length) leaveTour();
  else useTour.setState({ step });
}
