export function CloseScreen(_: Readonly<Record<string, unknown>>): null { return null; }
