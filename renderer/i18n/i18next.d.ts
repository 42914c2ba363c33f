import type { en } from './en/index.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    interpolationFormatTypeMap: { num: number };
    resources: typeof en;
  }
}
