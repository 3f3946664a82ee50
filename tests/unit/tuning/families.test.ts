import { describe, expect, it } from 'vitest';
import { tunableFamilies } from '../../../engine/contract/stages.ts';
import { createTunedFamily, spaceOf, withTuned } from '../../../engine/football/tuning/families.ts';
import { pooledFamilies } from '../../../engine/football/processing/families/registry.ts';
import { ask, createStudy } from '../../../engine/kernel/modeling/tuning/study.ts';

describe('what can be tuned', () => {
  it.each(tunableFamilies)(
    'of %s shows in the identity of its models, and is its own without parameters',
    (family) => {
      const own = pooledFamilies.find(({ name }) => name === family)!;
      expect(createTunedFamily(family, {}).parameters).toEqual(own.parameters);
      const asked = ask(
        createStudy({
          name: 'x',
          space: spaceOf(family, undefined).space,
          sampler: { name: 'random' },
          pruner: { name: 'none' },
          seed: 1,
          maximumTrials: 1,
        }),
      );
      if (asked.kind !== 'trial') throw new Error('expected a trial');
      const tuned = withTuned(own, { [family]: asked.trial.parameters });
      expect(tuned.name).toBe(family);
      expect(JSON.stringify(tuned.parameters)).not.toBe(JSON.stringify(own.parameters));
    },
  );

  it('leaves families without parameters as they are', () => {
    const [first] = pooledFamilies;
    expect(withTuned(first!, {})).toBe(first);
    expect(withTuned(first!, undefined)).toBe(first);
  });

  it('has the search space of the requirements under the name of its estimator', () => {
    expect(Object.keys(spaceOf('boosting', 'gradient-boosting').space)).toContain('gamma');
    expect(() => spaceOf('boosting', 'wide')).toThrow(/there are: football, gradient-boosting/);
  });
});
