export { ScannerProvider, useScanner } from './scanner-provider.tsx';
