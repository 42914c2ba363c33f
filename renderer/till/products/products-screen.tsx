export function ProductsScreen(_: Readonly<Record<string, unknown>>): null { return null; }
