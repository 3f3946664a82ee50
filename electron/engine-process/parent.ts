import type { ParentPort } from 'electron';
import type { SupportedMessagePort } from '@orpc/client/message-port';
import { toEngineSchema, type FromEngine, type ToEngine } from '../../engine/contract/engine-process.ts';

/** What a message from the shell may bring along. */
export interface Heard {
  readonly message: ToEngine;
  readonly ports: readonly SupportedMessagePort[];
}

/** The line to the shell, with both ways checked by their schemas. */
export interface Parent {
  tell(message: FromEngine): void;
  listen(hear: (heard: Heard) => void): void;
}

/** What is not understood is left alone: a shell of another version must not end the engine. */
export function speakTo(port: Pick<ParentPort, 'on' | 'postMessage'>): Parent {
  return {
    tell: (message) => {
      port.postMessage(message);
    },
    listen(hear) {
      port.on('message', ({ data, ports }) => {
        const parsed = toEngineSchema.safeParse(data);
        if (parsed.success) hear({ message: parsed.data, ports });
        else process.stderr.write(`The shell said what is not understood: ${parsed.error.message}\n`);
      });
    },
  };
}
