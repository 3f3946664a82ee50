import type { Database } from '../../../db/client.ts';
import {
  countPlayedBefore,
  findRunOf,
  readDocumentsOf,
  readFeatureReadings,
  readForecastModels,
  readForecastOrigin,
  readGoalReading,
  readSourceReading,
  type ForecastOrigin,
} from '../../../db/queries/football/provenance.ts';
import type { ProvenanceStep } from '../../contract/match.ts';
import { findMatch } from './match.ts';

type Fact = ProvenanceStep['facts'][number];

const fact = (key: string, value: Fact['value'], kind: Fact['kind'] = 'text'): Fact => ({ key, value, kind });

/** The way of a forecast from its source to its documents, every step with what it rested on. */
export function provenanceOf(database: Database, matchId: number, version: string) {
  const { row, detail } = findMatch(database, matchId);
  const origin = readForecastOrigin(database, matchId);
  const place = { championshipId: detail.championshipId, day: row.day };
  const steps: ProvenanceStep[] = [
    sourceStep(database, detail.source),
    featureStep(database, matchId, place),
    ...(origin ? forecastSteps(database, matchId, origin) : []),
    documentStep(database, row.day),
  ];
  return {
    steps,
    citation: origin
      ? {
          version,
          forecastId: origin.outcomeId,
          madeAt: origin.madeAt,
          asOf: origin.asOf,
          family: row.family ?? '',
          dataHash: origin.dataHash,
          label: origin.label,
          probabilities: { H: origin.pHome, D: origin.pDraw, A: origin.pAway },
        }
      : null,
  };
}

function sourceStep(database: Database, source: string): ProvenanceStep {
  const reading = readSourceReading(database, source);
  return {
    step: 'source',
    instant: reading?.readAt ?? null,
    rows: null,
    runId: reading ? findRunOf(database, 'getting', reading.readAt) : null,
    facts: [fact('source', source), fact('files', reading?.files ?? 0, 'number')],
    items: [],
  };
}

function featureStep(
  database: Database,
  matchId: number,
  place: { readonly championshipId: number; readonly day: string },
): ProvenanceStep {
  const readings = readFeatureReadings(database, matchId);
  return {
    step: 'features',
    instant: readings[0]?.asOf ?? null,
    rows: countPlayedBefore(database, place),
    runId: null,
    facts: [
      fact(
        'features',
        readings.reduce((sum, { names }) => sum + names, 0),
        'number',
      ),
    ],
    items: readings.map(({ set, names, setHash, hash }) => [
      fact('set', set),
      fact('features', names, 'number'),
      fact('definitions', setHash, 'hash'),
      fact('values', hash, 'hash'),
    ]),
  };
}

function forecastSteps(database: Database, matchId: number, origin: ForecastOrigin): ProvenanceStep[] {
  const { modelId, predictionHash, madeAt, goalPredictionId } = origin;
  const sameData = readForecastModels(database, { matchId, hash: predictionHash, modelId });
  const own = sameData.find(({ id }) => id === modelId);
  const joined = own ? membersOf(own.parameters) : [];
  const models = sameData.filter(({ id, family }) => id === modelId || joined.includes(family));
  const goals = goalPredictionId === null ? undefined : readGoalReading(database, goalPredictionId);
  const trained = models.filter(({ trainCount }) => trainCount > 0);
  return [
    {
      step: 'model',
      instant: own?.trainedAt ?? null,
      rows:
        own && own.trainCount > 0
          ? own.trainCount
          : Math.max(0, ...trained.map((one) => one.trainCount)) || null,
      runId: own ? findRunOf(database, 'processing', own.trainedAt) : null,
      facts: [
        fact('family', own?.family ?? null),
        fact('season', own?.seasonCode ?? null),
        fact('version', own?.versionId ?? null, 'number'),
        fact('raw-home', origin.rawHome, 'probability'),
        fact('raw-draw', origin.rawDraw, 'probability'),
        fact('raw-away', origin.rawAway, 'probability'),
      ],
      items: models.map((model) => [
        fact('family', model.family),
        fact('trained-from', model.trainFrom, 'day'),
        fact('trained-until', model.trainUntil, 'day'),
        fact('rows', model.trainCount, 'number'),
        fact('seed', model.seed, 'number'),
        fact('data', model.dataHash, 'hash'),
        fact('checksum', model.checksum, 'hash'),
        fact('parameters', model.parameters, 'json'),
      ]),
    },
    ...(goals
      ? [
          {
            step: 'goals' as const,
            instant: goals.madeAt,
            rows: origin.factorCount,
            runId: findRunOf(database, 'processing', goals.madeAt),
            facts: [
              fact('law', goals.law),
              fact('home-intensity', goals.home, 'number'),
              fact('away-intensity', goals.away, 'number'),
              fact('home-factor', origin.homeFactor, 'number'),
              fact('away-factor', origin.awayFactor, 'number'),
              fact('law-parameters', goals.extras, 'json'),
              fact('data', goals.dataHash, 'hash'),
            ],
            items: [],
          },
        ]
      : []),
    {
      step: 'calibration',
      instant: madeAt,
      rows: origin.calibrationCount,
      runId: null,
      facts: [
        fact('temperature', origin.temperature, 'number'),
        fact('calibration-count', origin.calibrationCount, 'number'),
        fact('window', origin.windowScope),
        fact('window-count', origin.windowCount, 'number'),
      ],
      items: [],
    },
    {
      step: 'forecast',
      instant: madeAt,
      rows: null,
      runId: findRunOf(database, 'forecast', madeAt),
      facts: [
        fact('forecast', origin.outcomeId, 'number'),
        fact('origin', origin.origin),
        fact('as-of', origin.asOf, 'instant'),
        fact('made-at', madeAt, 'instant'),
        fact('data', origin.dataHash, 'hash'),
      ],
      items: [],
    },
  ];
}

/** The families that a model joins, by its parameters; none where it stands alone. */
function membersOf(parameters: string): readonly string[] {
  const { members } = JSON.parse(parameters) as { readonly members?: unknown };
  return Array.isArray(members) ? members.filter((member) => typeof member === 'string') : [];
}

function documentStep(database: Database, day: string): ProvenanceStep {
  const documents = readDocumentsOf(database, day);
  return {
    step: 'document',
    instant: documents[0]?.madeAt ?? null,
    rows: documents.length,
    runId: documents[0] ? findRunOf(database, 'publisher', documents[0].madeAt) : null,
    facts: [fact('documents', documents.length, 'number')],
    items: documents.map(({ path, sha256, madeAt }) => [
      fact('path', path, 'path'),
      fact('hash', sha256, 'hash'),
      fact('made-at', madeAt, 'instant'),
    ]),
  };
}
