import { useEffect, useRef, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { fitPage } from './fit-page.ts';

/** What goes to the printer when something is printed here. On the screen it takes no room. */
export function Printout({ children }: { readonly children: ReactNode }): ReactNode {
  const printout = useRef<HTMLDivElement>(null);
  useEffect(() => (printout.current === null ? undefined : fitPage(printout.current)), []);
  return createPortal(
    <div data-printout="" ref={printout}>
      {children}
    </div>,
    document.body,
  );
}
