import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { AppError } from '../../contract/errors.ts';
import { exportFormats, mostExportRows } from '../../contract/exports.ts';
import type { ExportFormat, ExportTable } from '../../contract/exports.ts';
import type { Language } from '../../contract/domain.ts';
import { mediaTypeOf } from '../../documents/registry.ts';
import { safeJoin, writeFileAtomic } from '../../runtime/files.ts';
import { runTask } from '../../runtime/run-task.ts';
import type { EngineContext } from '../engine-host.ts';
import { engine } from './engine.ts';

const procedures = engine.exports;

/** Bytes of one piece before base64; a whole number of its groups of three. */
const pieceBytes = 192 * 1024;

export const exports = {
  formats: procedures.formats.handler(() =>
    exportFormats.map((format) => ({
      format,
      mediaType: mediaTypeOf(format),
      mostRows: mostExportRows[format],
    })),
  ),
  // Written before the first piece goes out, so that a refusal leaves as every other one does.
  table: procedures.table.handler(async ({ input, context, signal }) =>
    pieces(input, await write(context, input, signal)),
  ),
  save: procedures.save.handler(async ({ input, context, signal }) => {
    const bytes = await write(context, input, signal);
    const path = freePath(join(context.paths.home, 'exports'), fileName(input.table.name), input.format);
    await writeFileAtomic(path, bytes);
    return { path, bytes: bytes.byteLength };
  }),
};

async function* pieces(
  { table, format }: { readonly table: ExportTable; readonly format: ExportFormat },
  bytes: Uint8Array,
) {
  yield {
    kind: 'head' as const,
    name: `${fileName(table.name)}.${format}`,
    mediaType: mediaTypeOf(format),
    bytes: bytes.byteLength,
  };
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < whole.byteLength; at += pieceBytes) {
    yield { kind: 'bytes' as const, base64: whole.toString('base64', at, at + pieceBytes) };
    // A window elsewhere gets its answers in between.
    await setImmediate();
  }
}

async function write(
  { consumer, clock }: EngineContext,
  request: { readonly table: ExportTable; readonly format: ExportFormat; readonly language: Language },
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const { format, table } = request;
  const most = mostExportRows[format];
  if (table.rows.length > most) {
    throw new AppError('USAGE', `${format} takes at most ${most} rows, got ${table.rows.length}.`, {
      detail: { format, most, got: table.rows.length },
    });
  }
  return await runTask<Uint8Array>(
    { consumer: consumer(), signal: signal ?? new AbortController().signal },
    {
      worker: new URL('../../workers/export.ts', import.meta.url),
      handler: 'writeTable',
      task: { ...request, madeAt: clock.now() },
    },
  );
}

/** Letters and digits of any script and hyphens; never a path, a device or a hidden file. */
function fileName(name: string): string {
  const plain = name
    .toWellFormed()
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 100);
  return plain === '' ? 'table' : plain;
}

function freePath(folder: string, name: string, format: string): string {
  for (let number = 1; ; number++) {
    const path = safeJoin(folder, `${name}${number === 1 ? '' : `-${number}`}.${format}`);
    if (!existsSync(path)) return path;
  }
}
