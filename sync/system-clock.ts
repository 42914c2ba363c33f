import type { EngineClock } from './ports.ts';

/** The PC's own clock and timers. They don't keep the process alive. */
export const systemClock: EngineClock = {
  now: () => Date.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
