import { z } from 'zod';
import type { Clock } from '../../ports/index.ts';
import { DeliveryProblem } from '../channel.ts';
import { jsonAnswer, post } from '../http.ts';
import type { Secrets } from '../secrets.ts';

/** An access token of OAuth2, and whether it was given out just now. */
export interface AccessToken {
  readonly value: string;
  readonly isFresh: boolean;
}

export interface AccessTokens {
  /** The one at hand while it lasts, else a new one. */
  current(): Promise<AccessToken>;
  /** A new one in place of one that was refused. */
  renew(): Promise<AccessToken>;
}

/** Renewed this long before it ends, so that it lasts for the mail that it is asked for. */
const marginMs = 60_000;
/** How long a token lasts of which nothing is said. */
const usualSeconds = 3600;

const granted = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive().catch(usualSeconds),
  refresh_token: z.string().min(1).optional(),
});
/** The code alone: descriptions quote what was sent. */
const refused = z.object({ error: z.string().regex(/^[a-z_]{1,60}$/) });

/**
 * Access tokens by a refresh token (RFC 6749, section 6) from the address of the settings. Secrets: `clientSecret` and
 * `refreshToken`; a new refresh token that comes along takes the place of the old one.
 */
export function accessTokens(
  { address, clientId }: { readonly address: string; readonly clientId: string },
  { secrets, clock }: { readonly secrets: Secrets; readonly clock: Clock },
): AccessTokens {
  const { host } = new URL(address);
  let held: { readonly value: string; readonly endsAt: number } | undefined;

  async function renew(): Promise<AccessToken> {
    held = undefined;
    const refreshToken = await secrets.require('refreshToken');
    const form = new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: clientId,
      client_secret: await secrets.require('clientSecret'),
      refresh_token: refreshToken,
    });
    const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };
    const answer = await post(
      address,
      { headers, body: form.toString() },
      new AbortController().signal,
    ).catch((problem: unknown) => {
      // The mail itself has not been begun: whatever came of asking, it surely did not arrive.
      if (problem instanceof DeliveryProblem && problem.fate === 'lost')
        throw new DeliveryProblem('delayed', problem.message, { cause: problem });
      throw problem;
    });
    if (answer.status === 429 || answer.status >= 500) {
      const sentence = `${host} gives out no access token now (status ${answer.status}).`;
      throw new DeliveryProblem('delayed', sentence, { retryAfterMs: answer.retryAfterMs });
    }
    if (answer.status >= 300) throw refusal(host, answer);
    const given = granted.safeParse(jsonOf(answer, host)).data;
    if (!given) throw new DeliveryProblem('delayed', `${host} answered without an access token.`);
    if (given.refresh_token !== undefined && given.refresh_token !== refreshToken)
      await secrets.replace('refreshToken', given.refresh_token);
    held = { value: given.access_token, endsAt: clock.now() + given.expires_in * 1000 - marginMs };
    return { value: given.access_token, isFresh: true };
  }

  return {
    current: async () =>
      held && clock.now() < held.endsAt ? { value: held.value, isFresh: false } : await renew(),
    renew,
  };
}

type Answer = Awaited<ReturnType<typeof post>>;

function refusal(host: string, answer: Answer): DeliveryProblem {
  let code = `status ${answer.status}`;
  try {
    code = refused.safeParse(JSON.parse(answer.body)).data?.error ?? code;
  } catch {
    // A page in place of an answer: its status says enough.
  }
  const remedy =
    code === 'invalid_client'
      ? 'Check the client id and the secret clientSecret.'
      : 'Allow the access anew and set the secret refreshToken.';
  return new DeliveryProblem(
    'refused',
    `${host} refused to renew the access to the mailbox (${code}). ${remedy}`,
  );
}

function jsonOf(answer: Answer, host: string): unknown {
  try {
    return jsonAnswer(answer, host);
  } catch {
    return undefined;
  }
}
