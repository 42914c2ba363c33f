export function SyncScreen(_: Readonly<Record<string, unknown>>): null { return null; }
