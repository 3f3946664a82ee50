import type { AbortSignalLike } from '../../ports/index.ts';
import type { Day, Instant, Scope } from '../../contract/domain.ts';
import type { MatchBatch } from '../../../db/storage/football/match-batch.ts';
import type { FactBatch } from '../../../db/storage/football/team-facts.ts';
import type { StageContext } from '../../runtime/stage.ts';

/**
 * A source is one file under `sources/` and one line in `sources/index.ts`: it says which files there are to read, and
 * turns the bytes of one into matches. Reading, storing, reporting and team names are the same for all.
 */
export interface Source {
  /** As in `--source`. */
  readonly name: string;
  /** Raised whenever the same bytes would be read differently, so that known files are read again. */
  readonly parserVersion: number;
  /** The name under which its matches and aliases are kept, where that is not `name`. */
  storedName?(mapping: unknown): string;
  /** Where it lives when `--from` is not given; undefined for sources that need a folder or a file. */
  readonly baseAddress?: string;
  /** True where the mapping names the addresses, so that `--from` may be left out. */
  readonly hasMappedAddresses?: boolean;
  /** The files to read, in the order in which they should be stored. */
  list(request: ListRequest): Promise<SourceItem[]> | SourceItem[];
  /**
   * Further files that the content of one needs (prices per match, a season's name). Asked again with what they brought,
   * until it names nothing new.
   */
  companions?(content: FileContent, item: SourceItem, request: ListRequest): Companion[];
  /** Pure: the same bytes and meta give the same batches. @throws AppError for a file that cannot be read at all */
  parse(file: FileContent, meta: FileMeta): ParsedFile;
  /** What is left to do on the main thread when all files are read. */
  afterwards?(context: StageContext): Promise<void>;
}

export interface ListRequest {
  readonly origin: Origin;
  readonly scope: Scope;
  readonly today: Day;
  /** Codes of the wanted championships; undefined for all. */
  readonly championships: ReadonlySet<string> | undefined;
  /** Content of the `--mapping` file. */
  readonly mapping: unknown;
  readonly signal?: AbortSignalLike;
}

/** A folder with its files (relative paths, `/` between names), or a base address. */
export type Origin =
  | { readonly kind: 'folder'; readonly path: string; readonly files: readonly string[] }
  | { readonly kind: 'address'; readonly address: string };

export interface SourceItem {
  /** Names the file within the run and in reports: its path below the origin. */
  readonly key: string;
  /** Absolute path or address. */
  readonly address: string;
  /** True where the file may well not exist yet (a season about to begin): its absence is no error. */
  readonly isOptional?: boolean;
  readonly hints: FileHints;
}

/** What the file's place says about its content. */
export interface FileHints {
  /** Code of the championship, where the whole file belongs to one. */
  readonly championship?: string;
  /** First year of the season, where the whole file belongs to one. */
  readonly firstYear?: number;
  /** True for a file of matches to come: prices in it are as of the fetching. */
  readonly isFixtures?: boolean;
}

export interface Companion {
  readonly name: string;
  readonly address: string;
  /** True where the item cannot be read without it; others may be missing. */
  readonly isNeeded?: boolean;
}

export interface FileContent {
  readonly main: Uint8Array;
  /** By `Companion.name`; those that were not to be had are missing. */
  readonly companions: Readonly<Record<string, Uint8Array>>;
}

export interface FileMeta {
  readonly key: string;
  readonly hints: FileHints;
  readonly wanted: ReadonlySet<string> | undefined;
  /** Results of later matches are from the future and refused. */
  readonly futureFrom: Instant;
  /** The instant at which prices of coming matches were seen. */
  readonly seenAt: Instant;
  readonly today: Day;
  readonly mapping: unknown;
}

export interface ParsedFile {
  readonly batches: readonly MatchBatch[];
  /** What the file says of teams beside their matches. */
  readonly facts?: readonly FactBatch[];
  readonly rowsRead: number;
  /** False where a row was refused that another day may accept. */
  readonly isSettled: boolean;
  readonly refused: readonly LineNote[];
  readonly refusedCount: number;
  readonly warnings: readonly LineNote[];
  readonly warningCount: number;
}

/** A remark on a line of a file; line 0 is the file as a whole. */
export interface LineNote {
  readonly line: number;
  readonly reason: string;
}
