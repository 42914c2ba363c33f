export function CategoriesScreen(_: Readonly<Record<string, unknown>>): null { return null; }
