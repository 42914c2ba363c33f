import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Preferences, PrinterOfPc, ShellBridge } from '../../../shared/contract/shell.ts';
import { useAccess } from '../data/till-context.tsx';

export interface Device {
  readonly shell: ShellBridge;
  /** Undefined until the shell has answered. */
  readonly preferences: Preferences | undefined;
  readonly printers: readonly PrinterOfPc[];
  change(changes: Partial<Preferences>): void;
}

const preferencesKey = ['device', 'preferences'];

/** This PC, as the desktop shell lets a screen use it; undefined in a browser. */
export function useDevice(): Device | undefined {
  const { shell } = useAccess().host;
  const queries = useQueryClient();
  const preferences = useQuery({
    queryKey: preferencesKey,
    queryFn: async () => (await shell?.preferences()) ?? null,
    enabled: shell !== undefined,
  });
  const printers = useQuery({
    queryKey: ['device', 'printers'],
    queryFn: async () => (await shell?.printers()) ?? [],
    enabled: shell !== undefined,
    // A printer is switched on or plugged in while nobody is told.
    staleTime: 0,
  });
  if (shell === undefined) return undefined;
  return {
    shell,
    preferences: preferences.data ?? undefined,
    printers: printers.data ?? [],
    change: (changes) => {
      void shell.prefer(changes).then((changed) => queries.setQueryData(preferencesKey, changed));
    },
  };
}

/** What people call the printer that is used without a question; undefined where one is asked for. */
export function usePrinterName(): string | undefined {
  const device = useDevice();
  const printer = device?.preferences?.printer ?? undefined;
  return device?.printers.find(({ name }) => name === printer)?.label ?? printer;
}
