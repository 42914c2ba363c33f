export { usualScanRules } from './scan-machine.ts';
export type { ScanOutcome } from './scan-queue.ts';
export { ScannerProvider, useScanner } from './scanner-provider.tsx';
