/** The sample's goals: two Poisson counts with Dixon and Coles's correction of low scores (Applied Statistics 46, 1997). */

const size = 11;
/** Slightly more draws than independence gives. */
const rho = -0.06;

/** Probability of each score, `home * 11 + away`, up to ten goals a side; sums to 1. */
export function scoreGrid(homeMean: number, awayMean: number): Float64Array {
  const home = poisson(homeMean);
  const away = poisson(awayMean);
  const grid = new Float64Array(size * size);
  let sum = 0;
  for (let h = 0; h < size; h++) {
    for (let a = 0; a < size; a++) {
      const cell = home[h]! * away[a]! * correction(h, a, homeMean, awayMean);
      grid[h * size + a] = cell;
      sum += cell;
    }
  }
  for (let i = 0; i < grid.length; i++) grid[i]! /= sum;
  return grid;
}

function poisson(mean: number): Float64Array {
  const p = new Float64Array(size);
  p[0] = Math.exp(-mean);
  for (let k = 1; k < size; k++) p[k] = (p[k - 1]! * mean) / k;
  return p;
}

function correction(h: number, a: number, homeMean: number, awayMean: number): number {
  if (h === 0 && a === 0) return 1 - homeMean * awayMean * rho;
  if (h === 0 && a === 1) return 1 + homeMean * rho;
  if (h === 1 && a === 0) return 1 + awayMean * rho;
  if (h === 1 && a === 1) return 1 - rho;
  return 1;
}

/** Draws a score. @param u uniform in [0, 1) */
export function drawScore(grid: Float64Array, u: number): [home: number, away: number] {
  let left = u;
  for (let i = 0; i < grid.length; i++) {
    left -= grid[i]!;
    if (left < 0) return [Math.floor(i / size), i % size];
  }
  return [0, 0];
}

/** Probabilities of home win, draw and away win. */
export function outcomeProbabilities(grid: Float64Array): [number, number, number] {
  let home = 0;
  let draw = 0;
  for (let h = 0; h < size; h++) {
    for (let a = 0; a < size; a++) {
      if (h > a) home += grid[h * size + a]!;
      else if (h === a) draw += grid[h * size + a]!;
    }
  }
  return [home, draw, 1 - home - draw];
}

/** Probability of more goals than a line in halves. */
export function overProbability(grid: Float64Array, line = 2.5): number {
  const most = Math.floor(line);
  let under = 0;
  for (let h = 0; h <= most; h++) for (let a = 0; a <= most - h; a++) under += grid[h * size + a]!;
  return 1 - under;
}

/** Chance, per unit of stake that is not handed back, that the home side wins with a handicap in quarter goals. */
export function handicapProbability(grid: Float64Array, line: number): number {
  // A quarter line is half a stake on each of its neighbours.
  const halves = Number.isInteger(line * 2) ? [line, line] : [line - 0.25, line + 0.25];
  let won = 0;
  let returned = 0;
  for (const half of halves) {
    for (let h = 0; h < size; h++) {
      for (let a = 0; a < size; a++) {
        const margin = h - a + half;
        if (margin > 0) won += grid[h * size + a]!;
        else if (margin === 0) returned += grid[h * size + a]!;
      }
    }
  }
  return won / (2 - returned);
}

/** The handicap in quarter goals that comes nearest to an even game. */
export function evenHandicap(grid: Float64Array): number {
  let low = -3;
  let high = 3;
  // The home side's chance grows with the line.
  while (high - low > 0.25) {
    const middle = Math.round((low + high) * 2) / 4;
    if (handicapProbability(grid, middle) < 0.5) low = middle;
    else high = middle;
  }
  const distance = (line: number) => Math.abs(handicapProbability(grid, line) - 0.5);
  return distance(low) < distance(high) ? low : high;
}
