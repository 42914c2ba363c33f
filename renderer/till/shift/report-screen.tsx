export function ReportScreen(_: Readonly<Record<string, unknown>>): null { return null; }
