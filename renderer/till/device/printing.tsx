import { createContext, use, useCallback, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PrintAnswer, Printed } from '../../../shared/contract/shell.ts';
import { Button, Notice } from '../../ui/index.ts';
import { BarNotice } from '../frame/bar-notice.tsx';
import { lettersOf, paperOf } from '../frame/fit-page.ts';
import { useAccess } from '../data/till-context.tsx';

interface Failed {
  readonly printed: Exclude<Printed, 'printed' | 'ask'>;
  readonly incident: string | null;
}

interface Printing {
  readonly print: () => void;
  /** What became of the last print, as long as somebody has to know. */
  readonly failure: Failed | null;
  readonly forget: () => void;
}

const PrintingContext = createContext<Printing | null>(null);

/** Prints what the screen's `Printout` holds: through the desktop shell where a printer is set, else by the system's dialog. */
export function PrintingProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const { shell } = useAccess().host;
  const [failure, setFailure] = useState<Printing['failure']>(null);
  const forget = useCallback(() => setFailure(null), []);
  const print = useCallback((): void => {
    setFailure(null);
    const printout = document.querySelector<HTMLElement>('[data-printout]');
    if (printout === null) return window.print();
    const send = async (): Promise<void> => {
      await lettersOf(printout);
      if (shell === undefined) return window.print();
      const failed: PrintAnswer = { printed: 'failed', incident: null };
      const { incident, printed } = await shell.print(paperOf(printout)).catch(() => failed);
      if (printed === 'ask') window.print();
      else if (printed !== 'printed') setFailure({ printed, incident });
    };
    void send();
  }, [shell]);
  const printing = useMemo(() => ({ print, failure, forget }), [print, failure, forget]);
  return <PrintingContext value={printing}>{children}</PrintingContext>;
}

function usePrinting(): Printing {
  const printing = use(PrintingContext);
  if (printing === null) throw new Error('printing needs a PrintingProvider above it');
  return printing;
}

/** Prints what the screen's `Printout` holds. What goes wrong is said in the bar. */
export function usePrint(): () => void {
  return usePrinting().print;
}

/** Says in the bar that nothing came out of the printer, until it has or nobody cares. */
export function PrintNotice(): ReactNode {
  const { t } = useTranslation('device');
  const { failure, forget, print } = usePrinting();
  if (failure === null) return null;
  return (
    <BarNotice>
      <Notice
        actions={
          <Button onPress={print} size="small">
            {t('print.again')}
          </Button>
        }
        isInSlot
        onClose={forget}
        severity="bad"
        title={t(`print.${failure.printed}`)}
      >
        {t(`print.${failure.printed}Hint`)}
        {failure.incident !== null && ` ${t('print.incident', { incident: failure.incident })}`}
      </Notice>
    </BarNotice>
  );
}
