/**
 * The built preload as a script of the page: with what a sandboxed preload has of Electron, and nothing of Node. There is
 * one world here where Electron has two; that they are two, only the real one can show.
 */
export function preloadScript(code: string): string {
  return `(() => {
  // A preload runs in the page, not in pages within it.
  if (window !== window.top) return;
  const ipc = window.__stand_in_ipc;
  delete window.__stand_in_ipc;
  const listeners = new Map();
  Object.defineProperty(window, '__stand_in_emit', {
    value: (channel, given) => { for (const hear of [...(listeners.get(channel) ?? [])]) hear({}, ...given); },
  });
  const ipcRenderer = {
    invoke: async (channel, ...given) => {
      const answer = await ipc(channel, structuredClone(given));
      if (answer.error !== undefined) throw new Error(answer.error);
      return answer.ok;
    },
    on: (channel, hear) => { listeners.set(channel, (listeners.get(channel) ?? new Set()).add(hear)); return ipcRenderer; },
    off: (channel, hear) => { listeners.get(channel)?.delete(hear); return ipcRenderer; },
  };
  const copy = (value) => value === undefined ? value : structuredClone(value);
  // The bridge copies values and wraps functions, in both directions.
  const bridge = (value) => {
    if (typeof value === 'function') return (...given) => {
      const answer = value(...given.map((one) => typeof one === 'function' ? (...told) => one(...told.map(copy)) : copy(one)));
      return answer instanceof Promise ? answer.then(copy) : typeof answer === 'function' ? bridge(answer) : copy(answer);
    };
    if (value !== null && typeof value === 'object')
      return Object.freeze(Object.fromEntries(Object.entries(value).map(([name, one]) => [name, bridge(one)])));
    return value;
  };
  const contextBridge = {
    exposeInMainWorld: (name, api) => Object.defineProperty(window, name, { value: bridge(api), enumerable: true }),
  };
  const require = (name) => {
    if (name === 'electron') return { contextBridge, ipcRenderer };
    throw new Error('a sandboxed preload has no ' + name);
  };
  const module = { exports: {} };
  (function (module, exports, require) {
${code}
  })(module, module.exports, require);
})();`;
}
