/** The part of the WebAssembly interface that is used here; the pure rooms see neither Node's nor the browser's types. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
}

/** A compiled module; it may be sent to another thread. */
export type WasmModule = object;

interface WasmInterface {
  readonly Memory: new (limits: { initial: number; maximum: number; shared: boolean }) => WasmMemory;
  readonly Module: new (bytes: Uint8Array) => WasmModule;
  readonly Instance: new (
    module: WasmModule,
    imports: { env: { memory: WasmMemory } },
  ) => { readonly exports: Readonly<Record<string, unknown>> };
}

export const webAssembly = (globalThis as unknown as { WebAssembly: WasmInterface }).WebAssembly;
export const pageBytes = 65_536;
