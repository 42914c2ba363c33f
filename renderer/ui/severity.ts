import { CircleCheck, Clock, Info, OctagonAlert, type LucideIcon } from 'lucide-react';

/** How much a thing matters. It grows in weight as well as hue, and each has its own icon. */
export type Severity = 'ok' | 'info' | 'warn' | 'bad';

export const severityIcons: Readonly<Record<Severity, LucideIcon>> = {
  ok: CircleCheck,
  info: Info,
  warn: Clock,
  bad: OctagonAlert,
};
