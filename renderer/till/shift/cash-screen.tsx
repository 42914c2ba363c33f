export function CashScreen(_: Readonly<Record<string, unknown>>): null { return null; }
