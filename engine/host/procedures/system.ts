import type { Backup } from '../../../db/backup.ts';
import { applicationVersion } from '../../../db/identity.ts';
import { schemaVersion } from '../../../db/migration-files.ts';
import { readDocuments } from '../../../db/queries/football/publisher.ts';
import { outgoingCalls, outgoingHosts } from '../../../db/queries/outgoing.ts';
import { readStatus } from '../../../db/queries/status.ts';
import { languages } from '../../contract/domain.ts';
import { toAppError } from '../../contract/errors.ts';
import { examine } from '../doctor.ts';
import { inOwnThread } from '../own-thread.ts';
import { engine } from './engine.ts';

const procedures = engine.system;

export const system = {
  doctor: procedures.doctor.handler(({ context, signal }) => examine(context, signal)),
  backup: procedures.backup.handler(async ({ input, context, signal }) => {
    const { file, manifest } = await inOwnThread<Backup>(
      {
        worker: new URL('../../workers/recovery.ts', import.meta.url),
        handler: 'backUpDatabase',
        task: {
          database: context.reader().path,
          folder: input.folder ?? context.paths.backups,
          reason: input.reason,
          now: context.clock.now(),
          keep: context.settings().get('backup.keep'),
        },
      },
      signal,
    );
    context.events.emit({ kind: 'changed', group: 'system' });
    return { file, bytes: manifest.bytes, sha256: manifest.sha256 };
  }),
  documents: procedures.documents.handler(({ input, context }) =>
    readDocuments(context.reader())
      .slice(-input.limit)
      .map(({ kind, day, variant, language, format, path }) => ({
        kind,
        day,
        variant,
        language,
        format,
        path,
      })),
  ),
  about: procedures.about.handler(({ context }) => ({
    version: applicationVersion,
    home: context.paths.home,
    schemaVersion: schemaVersion(),
    languages: [...languages],
  })),
  status: procedures.status.handler(({ context }) => ({
    version: applicationVersion,
    startedAt: context.events.startedAt,
    isOffline: context.settings().get('network.offline'),
    ...readStatus(context.reader()),
  })),
  events: procedures.events.handler(async function* ({ context, signal }) {
    try {
      // Whoever listens wants to see work: what an earlier program left unfinished becomes `interrupted` now.
      context.runs();
    } catch (error) {
      // Another process has the writer: this one can still read and tell what it hears.
      if (toAppError(error).code !== 'DATABASE_BUSY') throw error;
    }
    using events = context.events.listen();
    const stop = () => events[Symbol.dispose]();
    signal?.addEventListener('abort', stop);
    try {
      yield* events;
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }),
  outgoing: procedures.outgoing.handler(({ input, context }) => ({
    hosts: outgoingHosts(context.reader()),
    calls: outgoingCalls(context.reader(), { limit: input.limit, host: input.host ?? null }),
  })),
};
