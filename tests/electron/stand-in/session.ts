import { EventEmitter } from 'node:events';

type Answer = (answer: { cancel: boolean }) => void;

class Session extends EventEmitter {
  allows: (permission: string) => boolean = () => true;
  isBlocked: (url: string) => boolean = () => false;
  readonly webRequest = {
    onBeforeRequest: (listener: (details: { url: string }, answer: Answer) => void) => {
      this.isBlocked = (url) => {
        let isBlocked = false;
        listener({ url }, ({ cancel }) => (isBlocked = cancel));
        return isBlocked;
      };
    },
  };
  setPermissionRequestHandler(
    handler: (contents: unknown, permission: string, answer: (isAllowed: boolean) => void) => void,
  ): void {
    this.allows = (permission) => {
      let isAllowed = true;
      handler(null, permission, (answer) => (isAllowed = answer));
      return isAllowed;
    };
  }
  setPermissionCheckHandler(): void {
    // What a page asks without a question is answered by Chromium here.
  }
  setDevicePermissionHandler(): void {
    // A page of headless Chromium has no device.
  }
}

export const session = { defaultSession: new Session() };

type Handler = (request: Request) => Response | Promise<Response>;
const handlers = new Map<string, Handler>();
const standard = new Set<string>();

export const protocol = {
  registerSchemesAsPrivileged: (schemes: { scheme: string; privileges?: { standard?: boolean } }[]) => {
    for (const { privileges, scheme } of schemes) if (privileges?.standard === true) standard.add(scheme);
  },
  handle: (scheme: string, handler: Handler) => {
    if (!standard.has(scheme)) throw new Error(`${scheme} has no origin: it was not registered as standard`);
    handlers.set(scheme, handler);
  },
};

/** Chromium knows no scheme of ours: its pages lie under a name that is on no network. */
const suffix = '.stand-in.test';

export function toChromium(url: string): string {
  return url.replace(/^([\w-]+):\/\/([\w-]+)\//u, (whole, scheme: string, host: string) =>
    standard.has(scheme) ? `https://${host}.${scheme}${suffix}/` : whole,
  );
}

export function toElectron(url: string): string {
  return url.replace(/^https:\/\/([\w-]+)\.([\w-]+)\.stand-in\.test\//u, '$2://$1/');
}

/** What the application itself answers to a request; undefined for what is not its own. */
export async function answerOf(url: string): Promise<Response | undefined> {
  const asked = toElectron(url);
  const handler = handlers.get(asked.split(':', 1)[0] ?? '');
  // Node's Request refuses no scheme, but resolves no address of one that it doesn't know.
  return await handler?.({ url: asked, method: 'GET' } as Request);
}
