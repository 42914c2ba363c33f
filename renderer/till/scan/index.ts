export { usualScanRules, type ScanRules } from './scan-machine.ts';
export { ScannerProvider, useScanner, type ScannerProviderProps } from './scanner-provider.tsx';
export type { ScanHandler } from './scan-queue.ts';
