export function RefundScreen(_: Readonly<Record<string, unknown>>): null { return null; }
