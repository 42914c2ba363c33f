import type { IncomingHttpHeaders } from 'node:http';

const sound = /^[\w.:-]{8,64}$/u;

/** The number of a request: what a proxy before us gave it, where that is a plain one, else our own. */
export function requestId(headers: IncomingHttpHeaders, random: (length: number) => Uint8Array): string {
  const given = headers['x-request-id'];
  if (typeof given === 'string' && sound.test(given)) return given;
  return Buffer.from(random(9)).toString('base64url');
}
