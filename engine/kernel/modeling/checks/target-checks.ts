import { distinct, gradeAbove, percent, skipped } from './check.ts';
import type { Check, CheckInput } from './check.ts';

interface ClassCount {
  readonly label: number;
  readonly rows: number;
}

function rarestClass({ train }: CheckInput): ClassCount {
  const counts = distinct(train.target).map((label) => ({
    label,
    rows: train.target.reduce((rows, value) => rows + (value === label ? 1 : 0), 0),
  }));
  return counts.reduce((rarest, count) => (count.rows < rarest.rows ? count : rarest));
}

/** The share of the rarest class: below 5 % is a warning, below 0.5 % a fail. */
export const classBalance: Check = {
  name: 'class-balance',
  figureKind: 'share',
  run(input) {
    if (input.task === 'regression') return skipped('a regression has no classes');
    const { label, rows } = rarestClass(input);
    const share = rows / input.train.target.length;
    return {
      status: share < 0.005 ? 'fail' : share < 0.05 ? 'warn' : 'pass',
      figure: share,
      sentence: `The rarest class, ${label}, is ${percent(share)} of the training rows.`,
      detail: { label, share },
    };
  },
};

/** Rows of the rarest class: under 50 is a warning, under 10 a fail; a regression counts all rows. */
export const tooFewEvents: Check = {
  name: 'too-few-events',
  figureKind: 'count',
  run(input) {
    const events = input.task === 'regression' ? input.train.target.length : rarestClass(input).rows;
    return {
      status: events < 10 ? 'fail' : events < 50 ? 'warn' : 'pass',
      figure: events,
      sentence: `The rarest event is seen ${events} times in training; 50 are wanted and 10 needed.`,
      detail: { events },
    };
  },
};

/** A target of one value teaches nothing. */
export const constantTarget: Check = {
  name: 'constant-target',
  figureKind: 'count',
  run({ train }) {
    const values = distinct(train.target).length;
    return {
      status: values < 2 ? 'fail' : 'pass',
      figure: values,
      sentence:
        values < 2 ? 'The training target has one value only.' : `The training target has ${values} values.`,
      detail: { values },
    };
  },
};

/** A class that a later part has and training has not can never be forecast. */
export const unseenClass: Check = {
  name: 'unseen-class',
  figureKind: 'count',
  run({ task, train, later }) {
    if (task === 'regression') return skipped('a regression has no classes');
    const known = new Set(train.target);
    const unseen = distinct(later.flatMap((part) => Array.from(part.target))).filter(
      (label) => !known.has(label),
    );
    return {
      status: unseen.length > 0 ? 'fail' : 'pass',
      figure: unseen.length,
      sentence: `${unseen.length} classes of the later parts are not in training${unseen.length > 0 ? `: ${unseen.join(', ')}` : ''}.`,
      detail: { unseen: unseen.map(String) },
    };
  },
};

/** How far the shares of the classes moved between training and the last part (total variation): above 0.08 warns, above 0.25 fails. */
export const labelDrift: Check = {
  name: 'label-drift',
  figureKind: 'share',
  run({ task, train, later }) {
    const last = later.at(-1);
    if (task === 'regression') return skipped('a regression has no classes');
    if (!last) return skipped('there is no later part');
    const labels = distinct([...train.target, ...last.target]);
    const share = (target: Float64Array, label: number) =>
      target.reduce((rows, value) => rows + (value === label ? 1 : 0), 0) / target.length;
    const moved =
      labels.reduce(
        (sum, label) => sum + Math.abs(share(train.target, label) - share(last.target, label)),
        0,
      ) / 2;
    return {
      status: gradeAbove(moved, { warnAbove: 0.08, failAbove: 0.25 }),
      figure: moved,
      sentence: `Between training and the last part ${percent(moved)} of the class shares moved.`,
      detail: { moved },
    };
  },
};
