export function StaffMemberScreen(_: Readonly<Record<string, unknown>>): null { return null; }
