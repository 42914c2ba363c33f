/** The session's token travels in a cookie that no script can read and no foreign page can send. */
import type { FastifyReply, FastifyRequest } from 'fastify';

export interface SessionCookie {
  read(request: FastifyRequest): string | undefined;
  /** Kept by the browser for so long, whatever its clock says. */
  write(reply: FastifyReply, token: string, lasts_ms: number): void;
  clear(reply: FastifyReply): void;
}

export function sessionCookie(isTls: boolean): SessionCookie {
  // With the prefix a browser takes it over TLS only, for this very host, and lets nobody else set it.
  const name = isTls ? '__Host-evertill' : 'evertill-office';
  const options = { path: '/', httpOnly: true, sameSite: 'strict', secure: isTls } as const;
  return {
    read: (request) => {
      const token = request.cookies[name];
      return token === undefined || token === '' ? undefined : token.slice(0, 200);
    },
    write: (reply, token, lasts_ms) => {
      void reply.setCookie(name, token, { ...options, maxAge: Math.floor(lasts_ms / 1000) });
    },
    clear: (reply) => {
      void reply.clearCookie(name, options);
    },
  };
}
