export function ProductScreen(_: Readonly<Record<string, unknown>>): null { return null; }
