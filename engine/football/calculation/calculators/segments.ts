import type { Calculator, FixtureView } from '../calculator.ts';
import { bothSides, playedHere } from '../sides.ts';
import type { SidedMeasure } from '../sides.ts';
import { tableBlock, tableOffset } from '../tables.ts';

const segmentDefaults = {
  /** Weight of a club's match against that of its next one: a season ago counts about half. */
  decay: 0.98,
  /** Matches of the wider segment's rate that a segment's own are mixed with. */
  prior: 4,
  /** Weight of the league's matches, likewise. */
  leagueDecay: 0.999,
  /** Matches a club must have played for its place in this season's table to say its tier. */
  tierAfter: 4,
} as const;

/** Goal lines of the scoring rates. */
const lines = [0.5, 1.5, 2.5, 3.5, 4.5, 5.5] as const;
const results = [
  'Wins',
  'Draws',
  'GoalsFor',
  'GoalsAgainst',
  'WinsToNil',
  'LossesToNil',
  'BothScore',
] as const;
const resultUnits: Partial<Record<(typeof results)[number], string>> = {
  GoalsFor: 'goals a match',
  GoalsAgainst: 'goals a match',
};
const resultTexts: Record<(typeof results)[number], string> = {
  Wins: 'share won',
  Draws: 'share drawn',
  GoalsFor: 'goals scored',
  GoalsAgainst: 'goals conceded',
  WinsToNil: 'share won without conceding',
  LossesToNil: 'share lost without a goal',
  BothScore: 'share in which both sides scored',
};
const counted = ['Total', 'Scored', 'Conceded'] as const;
const countedTexts = { Total: 'goals of both', Scored: 'own goals', Conceded: 'goals conceded' };

/** Numbers of one segment: its weight, the results, then the lines of each count. */
const width = 1 + results.length + counted.length * lines.length;
const lineAt = (count: number) => 1 + results.length + count * lines.length;

/** Segments of a club: all; at home, away; against each tier; each venue against each tier. */
const segments = 12;
const segmentOf = {
  all: 0,
  venue: (venue: number) => 1 + venue,
  tier: (tier: number) => 3 + tier,
  venueTier: (venue: number, tier: number) => 6 + 3 * venue + tier,
};

const range = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i);
const resultColumns = range(1, results.length);
const everyLine = range(1 + results.length, counted.length * lines.length);
const totalLines = range(lineAt(0), lines.length);

/** What is written of each segment: the name in the features, its words, and the columns. */
const written = [
  { name: 'segmentAll', text: 'all its matches', columns: resultColumns },
  {
    name: 'segmentVenue',
    text: 'its matches at the venue of this match',
    columns: [...resultColumns, ...everyLine],
  },
  {
    name: 'segmentTier',
    text: "its matches against clubs of this opponent's third of the table",
    columns: [...resultColumns, ...totalLines],
  },
  {
    name: 'segmentVenueTier',
    text: "its matches at this venue against clubs of this opponent's third of the table",
    columns: resultColumns,
  },
] as const;

/**
 * Segment tables: each club's results by venue and by the third of the table that its opponent stood in before the match,
 * as rates in which older matches weigh less. Small segments are drawn towards the next wider one, and that towards the
 * league, so that three matches do not make a rate of one.
 */
export function createSegments(
  parameters: { readonly [Name in keyof typeof segmentDefaults]: number } = segmentDefaults,
) {
  const { decay, prior, leagueDecay, tierAfter } = parameters;
  return {
    name: 'segments',
    family: 'segments',
    parameters,
    features: bothSides(playedHere, written.flatMap(describe)),
    create({ clubs }) {
      const sums = new Float64Array(clubs * segments * width);
      // The league's sums from the view of home sides, then of away sides.
      const league = new Float64Array(2 * width);
      /** Last known share of the table above the club, and the season it is of. */
      const lastPlace = new Float64Array(clubs).fill(NaN);
      const lastSeason = new Int16Array(clubs).fill(-1);
      const match = new Float64Array(width);

      function add(
        club: number,
        at: { venue: number; tier: number },
        goals: readonly [number, number],
      ): void {
        fill(match, goals);
        const from = club * segments * width;
        for (let i = from; i < from + segments * width; i++) sums[i]! *= decay;
        addTo(sums, from + segmentOf.all * width);
        addTo(sums, from + segmentOf.venue(at.venue) * width);
        addTo(league, at.venue * width);
        if (at.tier < 0) return;
        addTo(sums, from + segmentOf.tier(at.tier) * width);
        addTo(sums, from + segmentOf.venueTier(at.venue, at.tier) * width);
      }

      function addTo(target: Float64Array, at: number): void {
        for (let i = 0; i < width; i++) target[at + i]! += match[i]!;
      }

      /** Third of the table: 0 strong, 1 medium, 2 weak; -1 where nothing says it. */
      function tierOf(fixture: FixtureView, side: 'home' | 'away'): number {
        const line = side === 'home' ? fixture.homeLine : fixture.awayLine;
        const club = fixture[side];
        const played = line[tableBlock.total + tableOffset.played]!;
        const isSettled = played >= tierAfter && fixture.standing.clubs > 2;
        const isNew = side === 'home' ? fixture.homeIsNewcomer : fixture.awayIsNewcomer;
        const place = isSettled
          ? (line[0]! - 1) / fixture.standing.clubs
          : isNew === true
            ? 0.99
            : lastPlace[club]!;
        return Number.isNaN(place) ? -1 : Math.min(2, Math.floor(3 * place));
      }

      function remember(fixture: FixtureView): void {
        for (const [club, line] of [
          [fixture.home, fixture.homeLine],
          [fixture.away, fixture.awayLine],
        ] as const) {
          const played = line[tableBlock.total + tableOffset.played]!;
          if (played < tierAfter || fixture.season < lastSeason[club]!) continue;
          lastPlace[club] = (line[0]! - 1) / fixture.standing.clubs;
          lastSeason[club] = fixture.season;
        }
      }

      function write(
        club: number,
        where: { venue: number; tier: number },
        target: { out: Float64Array; at: number },
      ) {
        const { venue, tier } = where;
        const { out } = target;
        let { at } = target;
        const from = club * segments * width;
        const held = (segment: number, column: number) => sums[from + segment * width + column]!;
        const leagueRate = (side: number, column: number) =>
          league[side * width + column]! / league[side * width]!;
        const isKnown = league[0]! >= 30;
        const mixed = (segment: number, column: number, wider: number) =>
          (held(segment, column) + prior * wider) / (held(segment, 0) + prior);
        const all = (column: number) =>
          mixed(segmentOf.all, column, (leagueRate(0, column) + leagueRate(1, column)) / 2);
        const atVenue = (column: number) => mixed(segmentOf.venue(venue), column, leagueRate(venue, column));
        const rates = [
          { segment: segmentOf.all, rate: all },
          { segment: segmentOf.venue(venue), rate: atVenue },
          {
            segment: tier < 0 ? -1 : segmentOf.tier(tier),
            rate: (column: number) => mixed(segmentOf.tier(tier), column, all(column)),
          },
          {
            segment: tier < 0 ? -1 : segmentOf.venueTier(venue, tier),
            rate: (column: number) => mixed(segmentOf.venueTier(venue, tier), column, atVenue(column)),
          },
        ];
        rates.forEach(({ segment, rate }, i) => {
          const has = isKnown && segment >= 0 && held(segment, 0) > 0;
          for (const column of written[i]!.columns) {
            out[at] = has ? rate(column) : NaN;
            at += 2;
          }
        });
      }

      return {
        enter(club) {
          sums.fill(0, club * segments * width, (club + 1) * segments * width);
        },
        before(fixture, out, offset) {
          write(fixture.home, { venue: 0, tier: tierOf(fixture, 'away') }, { out, at: offset });
          write(fixture.away, { venue: 1, tier: tierOf(fixture, 'home') }, { out, at: offset + 1 });
        },
        after(played) {
          for (const { fixture, homeGoals, awayGoals } of played) {
            for (let i = 0; i < league.length; i++) league[i]! *= leagueDecay;
            add(fixture.home, { venue: 0, tier: tierOf(fixture, 'away') }, [homeGoals, awayGoals]);
            add(fixture.away, { venue: 1, tier: tierOf(fixture, 'home') }, [awayGoals, homeGoals]);
          }
          for (const { fixture } of played) remember(fixture);
        },
      };
    },
  } satisfies Calculator;
}

/** One match as a row of sums: weight 1, results, and 1 for every line that was passed. */
function fill(row: Float64Array, [own, other]: readonly [number, number]): void {
  const won = own > other;
  const lost = own < other;
  row.set([
    ...[1, Number(won), Number(own === other), own, other],
    ...[Number(won && other === 0), Number(lost && own === 0), Number(own > 0 && other > 0)],
  ]);
  [own + other, own, other].forEach((goals, count) => {
    for (let line = 0; line < lines.length; line++) row[lineAt(count) + line] = Number(goals > lines[line]!);
  });
}

function describe(segment: (typeof written)[number]): SidedMeasure[] {
  const formula =
    'Weighted sum over the segment and 4 matches at the rate of the next wider segment, over their weights; a match weighs 0.98 of the next.';
  const missing =
    'The club has no match in this segment since it joined, the opponent has no tier yet, or the league has fewer than 30 matches.';
  const name = (what: string) => `${segment.name}${what}`;
  return segment.columns.map((column) => {
    const result = results[column - 1];
    if (result !== undefined) {
      const unit = resultUnits[result] ?? 'share, 0 to 1';
      return {
        name: name(result),
        unit,
        description: `${resultTexts[result]} in ${segment.text}`,
        formula,
        missing,
      };
    }
    const at = column - lineAt(0);
    const count = counted[Math.floor(at / lines.length)]!;
    const line = lines[at % lines.length]!;
    return {
      name: name(`${count}Over${String(line).replace('.', '')}`),
      unit: 'share, 0 to 1',
      description: `share of ${segment.text} with ${countedTexts[count]} above ${String(line)}`,
      formula,
      missing,
    };
  });
}
