import { useEffect, useState } from 'react';

/** The present minute as an instant, again at each new minute. */
export function useMinute(): string {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setTimeout(() => setNow(Date.now()), 60_000 - (now % 60_000) + 20);
    return () => clearTimeout(timer);
  }, [now]);
  return new Date(now).toISOString();
}
