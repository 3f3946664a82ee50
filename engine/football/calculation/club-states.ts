/** The moving numbers that a rating keeps for every club, and how a newcomer comes by its own. */
export interface ClubStates {
  /** `clubs * start.length` numbers, club after club. */
  readonly values: Float64Array;
  /** 1 where the numbers rest on something: the club's own matches, or those of the clubs it took them from. */
  readonly known: Uint8Array;
  /** Remembers the mean of the donors as they are now; without donors, the start values. */
  startSeason(donors: readonly number[]): void;
  /** Gives the club what `startSeason` remembered. */
  enter(club: number): void;
}

/** `start` holds the numbers of a club of which nothing is known. */
export function createClubStates(clubs: number, start: readonly number[]): ClubStates {
  const width = start.length;
  const values = new Float64Array(clubs * width);
  const known = new Uint8Array(clubs);
  const entry = Float64Array.from(start);
  let entryKnown = 0;
  for (let club = 0; club < clubs; club++) values.set(start, club * width);

  return {
    values,
    known,
    startSeason(donors) {
      if (donors.length === 0) {
        entry.set(start);
        entryKnown = 0;
        return;
      }
      entry.fill(0);
      entryKnown = 1;
      for (const club of donors) {
        for (let i = 0; i < width; i++) entry[i]! += values[club * width + i]! / donors.length;
        if (known[club] === 0) entryKnown = 0;
      }
    },
    enter(club) {
      values.set(entry, club * width);
      known[club] = entryKnown;
    },
  };
}
