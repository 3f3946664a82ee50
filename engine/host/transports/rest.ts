import type { ORPCError } from '@orpc/client';
import { OpenAPIGenerator } from '@orpc/openapi';
import { OpenAPIHandler } from '@orpc/openapi/node';
import { BodyLimitPlugin } from '@orpc/server/node';
import { experimental_ZodSmartCoercionPlugin, ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { applicationVersion } from '../../../db/identity.ts';
import { apiPath } from '../../contract/api.ts';
import type { ErrorCode, ErrorRecord } from '../../contract/errors.ts';
import { contract } from '../../contract/router.ts';
import type { EngineHost } from '../engine-host.ts';
import { router } from '../router.ts';

/** What is not a wrong call (400), by code. */
const statuses: Partial<Record<ErrorCode, number>> = {
  NOT_FOUND: 404,
  DATABASE_BUSY: 409,
  RUN_NOT_RESUMABLE: 409,
  CANCELLED: 409,
  INTERNAL: 500,
  WORKER_FAILED: 500,
  WORKER_KILLED: 500,
  DATABASE_CORRUPT: 500,
  DISK_WRITE_FAILED: 500,
};

const handler = new OpenAPIHandler(router, {
  plugins: [new BodyLimitPlugin({ maxBodySize: 16 * 2 ** 20 }), new experimental_ZodSmartCoercionPlugin()],
  customErrorResponseBodyEncoder: recordOf,
  rootInterceptors: [
    async ({ next }) => {
      const result = await next();
      const { code } = (result.response?.body ?? {}) as Partial<ErrorRecord>;
      const status = result.response?.status === 400 && code !== undefined ? statuses[code] : undefined;
      return status === undefined || !result.matched
        ? result
        : { ...result, response: { ...result.response, status } };
    },
  ],
});

let description: Promise<string> | undefined;

/** Answers a REST call of the contract; false where the path is none of its own. */
export async function serveRest(
  host: EngineHost,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  if (request.url === `${apiPath}/openapi.json`) {
    response.setHeader('Content-Type', 'application/json');
    response.end(await (description ??= describe()));
    return true;
  }
  response.setHeader('Cache-Control', 'no-store');
  const { matched } = await handler.handle(request, response, { prefix: apiPath, context: host.context });
  return matched;
}

/** The one form of every refusal: a code of the closed list, a sentence, its detail. */
function recordOf(error: ORPCError<string, unknown>): ErrorRecord {
  if (error.code === 'APP_ERROR') return error.data as ErrorRecord;
  const isCaller = error.status < 500;
  return {
    code: isCaller ? 'USAGE' : 'INTERNAL',
    message: isCaller ? error.message : 'Something unexpected went wrong.',
    detail: {},
  };
}

async function describe(): Promise<string> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  const document = await generator.generate(contract, {
    info: {
      title: 'Auspex',
      version: applicationVersion,
      description: 'What the command line and the screens call, over HTTP on this machine.',
    },
    servers: [{ url: apiPath }],
    security: [{ token: [] }],
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    customErrorResponseBodySchema: () => ({
      type: 'object',
      required: ['code', 'message', 'detail'],
      properties: { code: { type: 'string' }, message: { type: 'string' }, detail: { type: 'object' } },
    }),
  });
  return JSON.stringify(document);
}
