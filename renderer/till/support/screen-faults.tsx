/** What goes wrong in the screens themselves: written down in the till's log, under a number that is shown. */
import { Component, useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { screenFaults } from '../../../shared/contract/support.ts';
import { faultText } from '../../../shared/fault-text.ts';
import { Button, ErrorState } from '../../ui/index.ts';
import type { Access } from '../data/access.ts';
import { useAccess } from '../data/till-context.tsx';

/** Tells the till of a fault. Answers its number; null where the till does not answer. */
async function note(access: Access, what: (typeof screenFaults)[number], error: unknown): Promise<string | null> {
  if (!access.faults.getState().mayNote()) return null;
  const result = await access.tell('support.note_fault', { what, error: faultText(error) });
  return result.ok ? result.value.incident : null;
}

/** Notes what nobody caught. The screens go on, so that the notice in the bar is all there is to see. */
function useUncaught(access: Access): void {
  useEffect(() => {
    const met = (what: 'script' | 'promise', error: unknown): void => {
      void note(access, what, error).then((incident) => {
        if (incident !== null) access.faults.getState().met(incident);
      });
    };
    const onError = (event: ErrorEvent): void => {
      // A browser's own word about its layout, which harms nothing.
      if (event.error !== undefined && event.error !== null) met('script', event.error);
    };
    const onRejection = ({ reason }: PromiseRejectionEvent): void => met('promise', reason);
    window.addEventListener('error', onError);
    window.addEventListener('unhandledrejection', onRejection);
    return () => {
      window.removeEventListener('error', onError);
      window.removeEventListener('unhandledrejection', onRejection);
    };
  }, [access]);
}

interface BoundaryProps {
  readonly access: Access;
  readonly children: ReactNode;
}

class Boundary extends Component<BoundaryProps, { readonly isBroken: boolean; readonly incident: string | null }> {
  override state = { isBroken: false, incident: null };

  static getDerivedStateFromError(): { readonly isBroken: true } {
    return { isBroken: true };
  }

  override componentDidCatch(fault: unknown): void {
    void this.#tell(fault);
  }

  async #tell(fault: unknown): Promise<void> {
    this.setState({ incident: await note(this.props.access, 'drawing', fault) });
  }

  override render(): ReactNode {
    return this.state.isBroken ? <Broken incident={this.state.incident} /> : this.props.children;
  }
}

function Broken({ incident }: { readonly incident: string | null }): ReactNode {
  const { t } = useTranslation('support');
  return (
    <main>
      <ErrorState title={t('broken')}>
        <p>{t('brokenHint')}</p>
        {incident !== null && <p>{t('call', { incident })}</p>}
        <Button onPress={() => window.location.reload()} variant="primary">
          {t('reload')}
        </Button>
      </ErrorState>
    </main>
  );
}

/** Around all screens: one that can't be drawn says so, instead of an empty window. */
export function ScreenFaults({ children }: { readonly children: ReactNode }): ReactNode {
  const access = useAccess();
  useUncaught(access);
  return <Boundary access={access}>{children}</Boundary>;
}
