export function SalesScreen(_: Readonly<Record<string, unknown>>): null { return null; }
