import { uploadPieceBytes } from '../../../../engine/contract/imports.ts';
import { client } from '../../../connection/client.ts';

/** Hands a file over to the engine piece by piece; `told` hears what share of it is there. */
export async function uploadFile(
  file: File,
  { signal, told }: { readonly signal: AbortSignal; readonly told: (share: number) => void },
): Promise<string> {
  let uploadId: string | undefined;
  let from = 0;
  do {
    const until = Math.min(file.size, from + uploadPieceBytes);
    const bytes = new Uint8Array(await file.slice(from, until).arrayBuffer());
    const piece = { name: file.name, base64: base64Of(bytes), isLast: until >= file.size };
    const answer = await client.imports.upload(uploadId === undefined ? piece : { ...piece, uploadId }, {
      signal,
    });
    uploadId = answer.uploadId;
    from = until;
    told(file.size === 0 ? 1 : until / file.size);
  } while (from < file.size);
  return uploadId;
}

function base64Of(bytes: Uint8Array): string {
  // As many letters at once as a call takes arguments.
  const step = 0x8000;
  let letters = '';
  for (let at = 0; at < bytes.length; at += step) {
    letters += String.fromCharCode(...bytes.subarray(at, at + step));
  }
  return btoa(letters);
}
