import { addOutgoingCall } from '../../db/storage/outgoing.ts';
import type { Database } from '../../db/client.ts';
import { watchOutgoing, type OutgoingNote } from '../runtime/outgoing.ts';

/** Keeps the log of calls to other machines. What cannot be written at once waits until the next call. */
export function keepOutgoingLog(writer: () => Database): Disposable {
  let waiting: OutgoingNote[] = [];
  const write = () => {
    const database = writer();
    if (!database.sqlite.open || database.sqlite.inTransaction) return;
    const notes = waiting;
    waiting = [];
    const store = database.sqlite.transaction(() => {
      for (const note of notes) addOutgoingCall(database, note);
    });
    store.immediate();
  };
  return watchOutgoing((note) => {
    waiting.push(note);
    try {
      write();
    } catch {
      // Nobody who calls out may fail because the log is busy; the note waits, and only the newest thousand do.
      waiting = waiting.slice(-1000);
    }
  });
}
