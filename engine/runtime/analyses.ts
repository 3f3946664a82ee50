import type { Database } from '../../db/client.ts';
import { dataInstant, findAnalysis } from '../../db/queries/analysis.ts';
import { putAnalysis } from '../../db/storage/analysis.ts';
import type { AnswerAge } from '../contract/analysis.ts';
import type { JsonValue } from '../contract/domain.ts';
import type { Clock } from '../ports/index.ts';
import type { Consumer } from './consumer.ts';
import { runTask } from './run-task.ts';

/** An answer and how old it is. */
export interface Answered<Answer> {
  readonly answer: Answer;
  readonly age: AnswerAge;
}

export interface Question<Answer> {
  /** Names the kind of answer and its form: raise a number in it when the form changes. */
  readonly kind: string;
  readonly about: Readonly<Record<string, JsonValue | undefined>>;
  /** The worker file and the handler in it that works the answer out; what it answers must be JSON-safe. */
  readonly worker: URL;
  readonly handler: string;
  /** What the handler needs beside the path of the database: default what is asked about. */
  readonly task?: object;
  /** Never given: it says what the answer is for the compiler. */
  readonly answer?: Answer;
}

export interface AnalysesMeans {
  reader(): Database;
  writer(): Database;
  readonly clock: Clock;
  /** A pool of its own: somebody waits before the screen, so it never queues behind a training. */
  readonly consumer: Consumer;
}

/**
 * Heavy answers are worked out once for a state of the data, kept in the database, and given again at once. Two who ask
 * the same at the same time wait for one computation.
 */
export class Analyses {
  readonly #means: AnalysesMeans;
  readonly #underWay = new Map<string, Promise<unknown>>();

  constructor(means: AnalysesMeans) {
    this.#means = means;
  }

  /** The answer for the data as they are. */
  async answer<Answer>(question: Question<Answer>): Promise<Answered<Answer>> {
    const text = canonicalQuestion(question.about);
    const dataAt = dataInstant(this.#means.reader());
    const known = this.kept<Answer>(question);
    if (known?.age.dataAt === dataAt) return known;
    const key = `${question.kind} ${text} ${dataAt}`;
    const waiting = this.#underWay.get(key) as Promise<Answered<Answer>> | undefined;
    if (waiting) return waiting;
    const work = this.#workOut(question, { text, dataAt }).finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, work);
    return work;
  }

  /** What was answered last, whatever has happened to the data since; undefined where nobody asked yet. */
  kept<Answer>({ kind, about }: Pick<Question<Answer>, 'kind' | 'about'>): Answered<Answer> | undefined {
    const stored = findAnalysis(this.#means.reader(), kind, canonicalQuestion(about));
    if (!stored) return undefined;
    const { answer, ...age } = stored;
    return { answer: JSON.parse(answer) as Answer, age };
  }

  async #workOut<Answer>(
    { kind, about, worker, handler, task = about }: Question<Answer>,
    { text, dataAt }: { readonly text: string; readonly dataAt: number },
  ): Promise<Answered<Answer>> {
    const { clock, reader, writer, consumer } = this.#means;
    const started = clock.now();
    // Nobody who leaves stops it: the answer is kept, and whoever asks next has it.
    const { signal } = new AbortController();
    const answer = await runTask<Answer>(
      { consumer, signal },
      { worker, handler, task: { database: reader().path, ...task } },
    );
    const age = { madeAt: clock.now(), durationMs: clock.now() - started, dataAt };
    putAnalysis(writer(), { kind, question: text, ...age, answer: JSON.stringify(answer) });
    return { answer, age };
  }
}

/** The same question in the same text, whatever the order of its keys; what is undefined is not asked about. */
export function canonicalQuestion(about: Question<unknown>['about']): string {
  const entries = Object.entries(about).filter(([, value]) => value !== undefined);
  return JSON.stringify(Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1))));
}
