import { AppError } from '../../engine/contract/errors.ts';
import type { FromEngine, ToEngine } from '../../engine/contract/engine-process.ts';
import type { SecretStore } from '../../engine/ports/index.ts';

type Question = Extract<FromEngine, { kind: 'secret' }>;
type Answer = Extract<ToEngine, { kind: 'secret-answer' }>;

/** Secrets that the shell keeps: the system's own store can be reached from its process alone. */
export class ShellSecrets implements SecretStore {
  readonly #ask: (question: Question) => void;
  readonly #open = new Map<number, PromiseWithResolvers<Answer['value']>>();
  #lastId = 0;

  constructor(ask: (question: Question) => void) {
    this.#ask = ask;
  }

  async get(name: string): Promise<string | undefined> {
    const value = await this.#send('get', name);
    return typeof value === 'string' ? value : undefined;
  }

  async set(name: string, secret: string): Promise<void> {
    await this.#send('set', name, secret);
  }

  async remove(name: string): Promise<void> {
    await this.#send('remove', name);
  }

  async names(): Promise<readonly string[]> {
    const value = await this.#send('names', '');
    return Array.isArray(value) ? value : [];
  }

  /** The shell's answer to an earlier question. */
  hear({ id, value, refusal }: Answer): void {
    const question = this.#open.get(id);
    this.#open.delete(id);
    if (refusal === undefined) question?.resolve(value);
    else question?.reject(new AppError('CONFIGURATION_INVALID', refusal));
  }

  #send(operation: Question['operation'], name: string, secret?: string): Promise<Answer['value']> {
    const id = ++this.#lastId;
    const answer = Promise.withResolvers<Answer['value']>();
    this.#open.set(id, answer);
    this.#ask({ kind: 'secret', id, operation, name, ...(secret === undefined ? {} : { secret }) });
    return answer.promise;
  }
}
