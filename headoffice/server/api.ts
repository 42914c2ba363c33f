/** The contract over HTTP: `POST /api/<operation>` with `{ input, command? }`, answered with a result. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ErrorCode, Result } from '../../shared/contract/errors.ts';
import type { HeadOffice } from '../app.ts';
import { addressKey } from './address.ts';
import type { Origins } from './origins.ts';
import type { SessionCookie } from './session-cookie.ts';

export interface ApiParts {
  readonly office: HeadOffice;
  readonly origins: Origins;
  readonly cookie: SessionCookie;
  readonly signInsPerMinute: number;
}

const bodySchema = z.strictObject({ input: z.unknown(), command: z.string().max(64).optional() });
const signedInSchema = z.looseObject({ token: z.string(), since: z.string(), expires_at: z.string() });

const signIn = 'session.sign_in';
const signOut = 'session.sign_out';
const whoIsIn = 'session.current';

/** Answers calls of our own pages. */
export function serveApi(server: FastifyInstance, parts: ApiParts): void {
  const handle = async (request: FastifyRequest, reply: FastifyReply, operation: string) => {
    if (!parts.origins.isOurPage(request)) return send(reply, failure('permission.missing', { permission: 'origin' }));
    const body = bodySchema.safeParse(request.body);
    if (!body.success) return send(reply, failure('input.malformed', { where: 'body' }));
    const token = parts.cookie.read(request);
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    const result = await parts.office.invoke(
      {
        operation,
        input: body.data.input,
        ...(token === undefined ? {} : { session: token }),
        ...(body.data.command === undefined ? {} : { command: body.data.command }),
      },
      { address: addressKey(request.ip), request: request.id, gone: gone.signal },
    );
    if (operation === signIn && result.ok) return send(reply, moveToken(parts.cookie, reply, result.value));
    if (operation === signOut && result.ok) parts.cookie.clear(reply);
    // That nobody is signed in is what was asked for, and no error of HTTP: browsers write every one of those down.
    if (operation === whoIsIn && !result.ok && statusOf(result) === 401) return send(reply, result, 200);
    return send(reply, result);
  };

  // Beside what the database counts, so that a flood of sign-ins doesn't even reach it.
  const rateLimit = { max: parts.signInsPerMinute, timeWindow: 60_000 };
  server.post(`/api/${signIn}`, { config: { rateLimit } }, (request, reply) => handle(request, reply, signIn));
  server.post<{ Params: { operation: string } }>('/api/:operation', (request, reply) =>
    handle(request, reply, request.params.operation),
  );
}

/** Takes the token out of the answer and puts it in the cookie. */
function moveToken(cookie: SessionCookie, reply: FastifyReply, value: unknown): Result<unknown> {
  const { token, ...rest } = signedInSchema.parse(value);
  cookie.write(reply, token, Date.parse(rest.expires_at) - Date.parse(rest.since));
  return { ok: true, value: { ...rest, token: '' } };
}

export function failure(code: ErrorCode, data: Readonly<Record<string, string | number>> = {}): Result<never> {
  return { ok: false, error: { code, data } };
}

const statuses: Readonly<Partial<Record<ErrorCode, number>>> = {
  'operation.unknown': 404,
  'record.not_found': 404,
  'input.malformed': 400,
  'command.required': 400,
  'session.required': 401,
  'session.ended': 401,
  'session.credential_wrong': 401,
  'session.locked_out': 429,
  'rate.limited': 429,
  'permission.missing': 403,
  'fault.unknown': 500,
  'storage.busy': 503,
};

function statusOf(result: Result<unknown>): number {
  return result.ok ? 200 : (statuses[result.error.code] ?? 409);
}

/** A result with the status that a proxy or a log should see; the page reads the body. A failure says which request it was. */
export function send(reply: FastifyReply, result: Result<unknown>, status = statusOf(result)): FastifyReply {
  const told = result.ok ? result : { ...result, request: reply.request.id };
  return reply.code(status).header('cache-control', 'no-store').send(told);
}
