import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { writeWhole } from './write-file.ts';

const bounds = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
});

const rememberedSchema = z.object({
  /** Where the window stood when it was last closed. */
  window: z.object({ bounds, maximized: z.boolean(), fullScreen: z.boolean() }).optional().catch(undefined),
  /** The folder that was last chosen for each purpose. */
  folders: z.record(z.string(), z.string()).catch({}),
  theme: z.enum(['light', 'dark', 'system']).catch('system'),
  /** The address at which the page was when the program ended. */
  address: z
    .string()
    .regex(/^#?\/[^\s]{0,2000}$/)
    .optional()
    .catch(undefined),
  /** Whether the analyst has been told that secrets are only obscured on this machine. */
  weakSecretsTold: z.boolean().catch(false),
});
export type Remembered = z.infer<typeof rememberedSchema>;

/** What the shell itself keeps from one start to the next. What is damaged or foreign in the file is left out. */
export class Memory {
  readonly #path: string;
  #held: Remembered;
  #writing: Promise<void> = Promise.resolve();

  private constructor(path: string, held: Remembered) {
    this.#path = path;
    this.#held = held;
  }

  static async open(path: string): Promise<Memory> {
    const text = await readFile(path, 'utf8').catch(() => '{}');
    return new Memory(path, parse(text));
  }

  get now(): Remembered {
    return this.#held;
  }

  /** Keeps a change. A disk that refuses it costs the memory, not the program. */
  change(change: Partial<Remembered>): void {
    this.#held = { ...this.#held, ...change };
    this.#writing = this.#writing
      .then(() => writeWhole(this.#path, `${JSON.stringify(this.#held, null, 2)}\n`))
      .catch(() => undefined);
  }

  /** Done when everything is on the disk. */
  settled(): Promise<void> {
    return this.#writing;
  }
}

function parse(text: string): Remembered {
  try {
    return rememberedSchema.parse(JSON.parse(text));
  } catch {
    return rememberedSchema.parse({});
  }
}
