import type { LookupFunction } from 'node:net';
import { Agent } from 'undici';
import {
  isLocalhost,
  networkOf,
  refusalAtSight,
  refusalOfNetworks,
  resolveName,
  type ResolveName,
} from './network-guard.ts';

/** An address must not be called; the reason is a part of a sentence. */
export class AddressRefused extends Error {
  readonly reason: string;

  constructor(host: string, reason: string) {
    super(`${host} is not called: ${reason}`);
    this.name = 'AddressRefused';
    this.reason = reason;
  }
}

export interface Guard {
  /** Whether this machine and private networks may be called, too. */
  readonly mayBeOwn: boolean;
  /** What names lead to; default the system's answer. */
  readonly resolve?: ResolveName | undefined;
}

/** One agent a guard, so that connections are shared; a resolver of a test has its own. */
const agents = new Map<string, Agent>();

function agentOf({ mayBeOwn, resolve }: Guard): Agent {
  const make = (by: ResolveName) =>
    new Agent({ connect: { lookup: guardedLookup({ mayBeOwn, resolve: by }) } });
  if (resolve) return make(resolve);
  const key = mayBeOwn ? 'own' : 'public';
  const known = agents.get(key) ?? make(resolveName);
  agents.set(key, known);
  return known;
}

/**
 * Resolves a name for a connection that is about to be made, and hands over what it found only where all of it may be
 * called. A name is asked for once: what was checked is what is connected to, so that a name server that answers
 * differently the second time (rebinding) gains nothing.
 */
function guardedLookup(guard: { readonly mayBeOwn: boolean; readonly resolve: ResolveName }): LookupFunction {
  return (hostname, options, done) => {
    const resolve = isLocalhost(hostname) ? resolveName : guard.resolve;
    resolve(hostname).then(
      (found) => {
        const refusal = refusalOfNetworks(found.map(networkOf), guard);
        const addresses = found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
        const [first] = addresses;
        if (refusal !== undefined || !first) {
          const error = refusal === undefined ? notFound(hostname) : new AddressRefused(hostname, refusal);
          done(error, '', 0);
        } else if (options.all === true) done(null, addresses);
        else done(null, first.address, first.family);
      },
      (error: unknown) => {
        done(error as NodeJS.ErrnoException, '', 0);
      },
    );
  };
}

const notFound = (hostname: string): NodeJS.ErrnoException =>
  Object.assign(new Error(`${hostname} has no address`), { code: 'ENOTFOUND' });

/**
 * `fetch` that calls nothing it must not: what one can see of an address is looked at before, what its name leads to when
 * the connection is made. Redirects are not followed: each is for the caller to look at.
 *
 * @throws AddressRefused, and whatever `fetch` throws
 */
export async function guardedFetch(address: URL, init: RequestInit, guard: Guard): Promise<Response> {
  const refusal = refusalAtSight(address, guard);
  if (refusal !== undefined) throw new AddressRefused(address.host, refusal);
  // Known to the program's own fetch, though not to its types.
  const options: RequestInit & { dispatcher: Agent } = {
    redirect: 'manual',
    ...init,
    dispatcher: agentOf(guard),
  };
  try {
    return await fetch(address, options);
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    throw cause instanceof AddressRefused ? cause : error;
  }
}
