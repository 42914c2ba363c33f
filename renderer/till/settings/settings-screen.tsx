export function SettingsScreen(_: Readonly<Record<string, unknown>>): null { return null; }
