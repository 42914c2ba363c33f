export function FreeRefundScreen(_: Readonly<Record<string, unknown>>): null { return null; }
