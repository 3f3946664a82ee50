import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AppError } from '../../../engine/contract/errors.ts';
import { faultCount, tried } from '../../fixtures/faults.ts';
import { parseText } from '../../fixtures/getting.ts';

const season = [
  'Div,Date,Time,HomeTeam,AwayTeam,FTHG,FTAG,FTR,HTHG,HTAG,HTR,HS,AS,B365H,B365D,B365A,AHh,B365AHH,B365AHA',
  'E0,11/08/2023,20:00,Burnley,Man City,0,3,A,0,2,A,6,17,8,5.5,1.33,1.5,1.86,2.07',
  "E0,12/08/2023,12:30,Arsenal,Nott'm Forest,2,1,H,2,0,H,15,6,1.18,7,15,-2,1.88,2.02",
  '',
].join('\r\n');
const files = [
  { content: season, options: { hints: { championship: 'E0', firstYear: 2023 } } },
  { content: season, options: { hints: { isFixtures: true } } },
  {
    content: JSON.stringify({
      matches: [
        {
          round: '1',
          date: '2023-08-11',
          time: '21:00',
          team1: 'Nice',
          team2: 'Lille',
          score: { ft: [1, 1] },
        },
      ],
    }),
    options: { source: 'openfootball', hints: { championship: 'F1', firstYear: 2023 } },
  },
  {
    content: JSON.stringify({
      teams: [
        { id: 1, name: 'A' },
        { id: 2, name: 'Б' },
      ],
      matches: [
        { id: 3, sId: 1, tId: 203, time: 1716652800, homeId: 1, awayId: 2, result: { home: 1, away: 0 } },
      ],
    }),
    options: { source: 'baltbet', companions: { coefs_3: '{"main":[{"name":"Результат","coefs":[]}]}' } },
  },
];

test.each(files)(
  'changed bytes end in a report or a refusal, never in a crash (file %#)',
  ({ content, options }) => {
    const original = new TextEncoder().encode(content);
    const change = fc.record({
      at: fc.nat(original.length - 1),
      kind: fc.constantFrom('replace', 'remove', 'insert', 'cut'),
      byte: fc.oneof(fc.nat(255), fc.constantFrom(0, 10, 13, 34, 44, 45, 46, 57, 59, 123, 125)),
    });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
        let bytes = [...original];
        for (const { at, kind, byte } of changes) {
          if (kind === 'cut') bytes = bytes.slice(0, Math.max(1, at));
          else bytes.splice(at, kind === 'insert' ? 0 : 1, ...(kind === 'remove' ? [] : [byte]));
        }
        const survived = tried('tables, workbooks and other files');
        try {
          const { batches, rowsRead, refusedCount } = parseText(Uint8Array.from(bytes), options);
          const matches = batches.reduce((sum, { count }) => sum + count, 0);
          expect(matches + refusedCount).toBeLessThanOrEqual(rowsRead);
          for (const { goals, kickOff, day } of batches) {
            expect([...goals].every((count) => count >= -1 && count <= 30)).toBe(true);
            expect([...kickOff, ...day].every(Number.isFinite)).toBe(true);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
        survived();
      }),
      { numRuns: faultCount(30) * 50, seed: 20261120 },
    );
  },
);
