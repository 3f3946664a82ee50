import { describe, expect, it } from 'vitest';
import type { ClassDiagnostics } from '../../../engine/contract/evaluation-details.ts';
import { verdictOf } from '../../../engine/football/evaluation/calibration/verdict.ts';

const right: ClassDiagnostics = {
  class: 'H',
  frequency: 0.45,
  meanProbability: 0.45,
  recall: null,
  precision: null,
  areaUnderCurve: null,
  corp: { score: 0.6, miscalibration: 0, discrimination: 0, uncertainty: 0.6 },
  spiegelhalter: { statistic: 0.1, pValue: 0.9 },
  kuiper: { statistic: 1, pValue: 0.8 },
  calibrationError: { value: 0.01, expected: 0.01, high: 0.02, pValue: 0.5, debiased: 0 },
};

describe('the verdict on calibration', () => {
  it('says no where no test stands out', () => {
    const verdict = verdictOf([right, { ...right, class: 'D' }]);
    expect(verdict.level).toBe('calibrated');
    expect(verdict.direction).toBeNull();
    expect(verdict.tests).toHaveLength(6);
  });

  it('does not call one low p-value among many miscalibration', () => {
    const unlucky = { ...right, kuiper: { statistic: 2, pValue: 0.03 } };
    expect(verdictOf([unlucky, { ...right, class: 'D' }, { ...right, class: 'A' }]).level).toBe('hint');
  });

  it('tells a real but slight error from one that matters, by its size', () => {
    const off = (debiased: number): ClassDiagnostics => ({
      ...right,
      meanProbability: 0.43,
      kuiper: { statistic: 4, pValue: 0.0001 },
      calibrationError: { ...right.calibrationError, pValue: 0.001, debiased },
    });
    expect(verdictOf([off(0.005)]).level).toBe('slight');
    const matters = verdictOf([off(0.03), { ...right, class: 'D' }]);
    expect(matters).toMatchObject({
      level: 'miscalibrated',
      direction: 'too-low',
      worst: { class: 'H', error: 0.03 },
    });
  });

  it('names boldness where the mean is right and the slope is not', () => {
    const bold: ClassDiagnostics = {
      ...right,
      spiegelhalter: { statistic: 4.2, pValue: 0.00003 },
      calibrationError: { ...right.calibrationError, debiased: 0.02 },
    };
    expect(verdictOf([bold]).direction).toBe('too-bold');
    const timid = { ...bold, spiegelhalter: { statistic: -4.2, pValue: 0.00003 } };
    expect(verdictOf([timid]).direction).toBe('too-timid');
  });

  it('says that nothing can be said of nothing', () => {
    expect(verdictOf([]).level).toBe('too-few');
  });
});
