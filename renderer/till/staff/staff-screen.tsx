export function StaffScreen(_: Readonly<Record<string, unknown>>): null { return null; }
