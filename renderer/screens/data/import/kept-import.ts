import { useEffect, useEffectEvent } from 'react';
import type { ImportPreview } from '../../../../engine/contract/imports.ts';
import { client } from '../../../connection/client.ts';
import { forgetDraft, keepDraft, readDraft } from '../../../frame/drafts.ts';
import { openImportSchema } from './import-draft.ts';
import type { ImportDraft } from './import-draft.ts';

export const draftName = 'import';

export interface OpenFile {
  readonly uploadId: string;
  readonly name: string;
  readonly preview: ImportPreview;
}

interface OpenImport {
  readonly file: OpenFile;
  readonly draft: ImportDraft;
}

/**
 * Keeps the file that is being given a meaning, and what was said of it, over navigation and restarts. The file itself lies
 * with the engine until it is imported or discarded.
 */
export function useKeptImport(
  file: OpenFile | undefined,
  draft: ImportDraft | undefined,
  onFound: (kept: OpenImport) => void,
): void {
  const found = useEffectEvent(onFound);
  useEffect(() => {
    let isGone = false;
    void readKept().then((kept) => {
      if (kept && !isGone) found(kept);
    });
    return () => {
      isGone = true;
    };
  }, []);
  useEffect(() => {
    if (!file || !draft) return;
    const { uploadId, name, preview } = file;
    keepDraft(draftName, {
      ...{ uploadId, name, draft },
      ...{ encoding: preview.encoding, delimiter: preview.delimiter },
    });
  }, [file, draft]);
}

async function readKept(): Promise<OpenImport | undefined> {
  const kept = readDraft(draftName, openImportSchema);
  if (!kept) return undefined;
  const { uploadId, name, encoding, delimiter, draft } = kept;
  try {
    const preview = await client.imports.preview({ uploadId, encoding, delimiter });
    return { file: { uploadId, name, preview }, draft };
  } catch {
    // The file was imported or discarded elsewhere, so there is nothing to go on with.
    forgetDraft(draftName);
    return undefined;
  }
}
