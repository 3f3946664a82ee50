import { describe, expect, test } from 'vitest';
import { decidePromotion } from '../../../../engine/kernel/modeling/promotion.ts';
import { binomialCdf } from '../../../../engine/kernel/math/distributions.ts';
import { createRandom } from '../../../../engine/kernel/math/random.ts';

/** Losses of matches on days of ten matches each: the champion's are 1, the challenger's differ by `shift` and noise. */
function evidence(options: {
  readonly shift: number;
  readonly days?: number;
  readonly seed?: number;
  readonly noise?: number;
}) {
  const { shift, days = 60, seed = 1, noise = 0.02 } = options;
  const random = createRandom(seed);
  const champion = new Float64Array(days * 10).fill(1);
  const challenger = champion.map((loss) => loss + shift + noise * random.normal());
  const dayOf = Array.from(champion, (_, row) =>
    new Date(Math.floor(row / 10) * 86_400_000).toISOString().slice(0, 10),
  );
  return { champion, challenger, days: dayOf };
}

describe('the gate', () => {
  test('lets a better challenger through and states the figures and rules that it went by', () => {
    const decision = decidePromotion(evidence({ shift: -0.01 }));
    expect(decision).toMatchObject({
      promoted: true,
      reason: 'no-regression',
      from: '1970-01-01',
      until: '1970-03-01',
      matches: 600,
      days: 60,
      championLoss: 1,
      rules: { tolerance: 0.002, confidence: 0.95 },
    });
    expect(decision.difference!.value).toBeCloseTo(-0.01, 2);
    expect(decision.difference!.high).toBeLessThan(0);
  });

  test('lets an equal through, because that is no regression', () => {
    expect(decidePromotion(evidence({ shift: 0, noise: 0 }))).toMatchObject({ promoted: true });
  });

  test('refuses a worse challenger, and one whose interval reaches beyond the tolerance', () => {
    expect(decidePromotion(evidence({ shift: 0.01 }))).toMatchObject({
      promoted: false,
      reason: 'regression',
    });
    const unsure = decidePromotion(evidence({ shift: -0.001, noise: 0.5 }));
    expect(unsure).toMatchObject({ promoted: false, reason: 'regression' });
    expect(unsure.difference!.high).toBeGreaterThan(unsure.rules.tolerance);
  });

  test('draws the matches of a day together, so that one lucky day does not promote', () => {
    const { days, champion } = evidence({ shift: 0 });
    // All of the gain falls on one of 60 days; elsewhere the challenger is a little worse.
    const challenger = champion.map((loss, row) => (row < 10 ? loss - 0.5 : loss + 0.004));
    const decision = decidePromotion({ days, champion, challenger });
    expect(decision.difference!.value).toBeLessThan(0);
    expect(decision).toMatchObject({ promoted: false, reason: 'regression' });
  });

  test('refuses a short record, by matches and by days', () => {
    expect(decidePromotion(evidence({ shift: -0.1, days: 9 }))).toMatchObject({ reason: 'too-few-matches' });
    const oneDay = evidence({ shift: -0.1, days: 30 });
    const days = oneDay.days.map(() => '2026-11-20');
    expect(decidePromotion({ ...oneDay, days })).toMatchObject({ reason: 'too-few-matches', days: 1 });
  });

  test('takes the first comer without a champion, even without a record', () => {
    const { challenger, days } = evidence({ shift: 0 });
    expect(decidePromotion({ challenger, days })).toMatchObject({ promoted: true, reason: 'first' });
    expect(decidePromotion({ challenger: [], days: [] })).toMatchObject({
      promoted: true,
      reason: 'first',
      matches: 0,
      challengerLoss: null,
      difference: null,
    });
  });

  test('raises the leak alarm when the challenger beats the close by more than 0.01, also for a first comer', () => {
    const { champion, challenger, days } = evidence({ shift: -0.05 });
    const close = Float64Array.from(champion, (loss, row) => (row % 2 === 0 ? loss : Number.NaN));
    expect(decidePromotion({ challenger, champion, days, close })).toMatchObject({
      promoted: false,
      reason: 'leak-alarm',
      close: { matches: 300, marketLoss: 1 },
    });
    expect(decidePromotion({ challenger, days, close })).toMatchObject({ reason: 'leak-alarm' });
    const fair = champion.map((loss) => loss - 0.045);
    expect(decidePromotion({ challenger, champion, days, close: fair })).toMatchObject({ promoted: true });
  });

  test('refuses where a loss is infinite or no number', () => {
    const given = evidence({ shift: -0.05 });
    for (const broken of [Infinity, Number.NaN]) {
      const challenger = Float64Array.from(given.challenger);
      challenger[3] = broken;
      const decision = decidePromotion({ ...given, challenger });
      expect(decision).toMatchObject({
        promoted: false,
        reason: 'regression',
        challengerLoss: null,
        difference: null,
      });
      expect(JSON.parse(JSON.stringify(decision))).toEqual(decision);
    }
  });

  test('lets a challenger that is worse by the tolerance through no oftener than it promises', () => {
    const trials = 300;
    let promoted = 0;
    for (let seed = 1; seed <= trials; seed++) {
      const given = evidence({ shift: 0.002, seed, noise: 0.05 });
      if (decidePromotion(given, { draws: 200 }).promoted) promoted++;
    }
    // One side of a 95 % interval; percentile intervals on 60 days run a little narrow.
    expect(1 - binomialCdf(promoted - 1, trials, 0.035)).toBeGreaterThan(1e-4);
    expect(promoted).toBeGreaterThan(0);
  });
});
