import type { PointsType } from './forecast-type.ts';

export const expectedPoints = {
  kind: 'points',
  name: 'expected-points',
  originCode: null,
} as const satisfies PointsType;
