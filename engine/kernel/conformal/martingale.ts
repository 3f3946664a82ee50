/**
 * A conformal test martingale: betting against exchangeability on smoothed p-values, which are independent
 * and uniform while the data are exchangeable (Vovk, Nouretdinov & Gammerman 2003). Its chance of ever
 * reaching 1/q from 1 is at most q (Ville), so that a value of 20 is an alarm at 5 % however long one
 * watches.
 */
export interface TestMartingale {
  /** Current wealth; starts at 1. */
  readonly value: number;
  /** Largest so far. */
  readonly highest: number;
  /** True from the first time that the value reached the alarm. */
  readonly alarm: boolean;
  /** P-values seen. */
  readonly n: number;
  /** Bets on one smoothed p-value in [0, 1] and answers the new value. */
  observe(pValue: number): number;
  /** Starts again at 1, after recalibration. */
  restart(): void;
}

export interface MartingaleOptions {
  /** Default 20. */
  readonly alarmAt?: number | undefined;
  /** Share of the wealth moved between the strategies before each bet; default 0.01. */
  readonly jump?: number | undefined;
}

/** Slopes of the bets 1 + slope (p - 1/2): small p-values more often, neither, large ones more often. */
const slopes = [-1, 0, 1] as const;

/**
 * The simple jumper (Vovk et al. 2021, algorithm 1): three bets between which the wealth is spread anew a
 * little each time.
 */
export function createTestMartingale(options: MartingaleOptions = {}): TestMartingale {
  const { alarmAt = 20, jump = 0.01 } = options;
  const wealth = new Float64Array(slopes.length);
  let value = 1;
  let highest = 1;
  let n = 0;

  function restart(): void {
    wealth.fill(1 / slopes.length);
    value = 1;
    highest = 1;
    n = 0;
  }
  restart();

  return {
    get value() {
      return value;
    },
    get highest() {
      return highest;
    },
    get alarm() {
      return highest >= alarmAt;
    },
    get n() {
      return n;
    },
    observe(pValue) {
      const even = (jump * value) / slopes.length;
      value = 0;
      for (let j = 0; j < slopes.length; j++) {
        wealth[j] = ((1 - jump) * wealth[j]! + even) * (1 + slopes[j]! * (pValue - 0.5));
        value += wealth[j]!;
      }
      if (value > highest) highest = value;
      n++;
      return value;
    },
    restart,
  };
}
