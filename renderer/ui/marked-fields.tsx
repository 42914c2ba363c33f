/** Which fields of a form can't be saved: those that the other side named when it refused, and what no text may hold. */
import { createContext, use, useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isPlainLine, isPlainText } from '../../shared/text.ts';

interface Marked {
  /** The path in an operation's input that `input.malformed` named; undefined while nothing is refused. */
  readonly where: string | undefined;
  readonly mark: (where: string | undefined) => void;
}

const MarkedContext = createContext<Marked>({ where: undefined, mark: () => undefined });

/** What every form stands in: one place that knows what was refused, whichever command it came from. */
export function MarkedFieldsProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [where, mark] = useState<string>();
  useEffect(() => {
    if (where === undefined) return;
    // A form in a dialog lies over whatever else is marked.
    const form = [...document.querySelectorAll('[role="dialog"], [role="alertdialog"]')].at(-1) ?? document;
    form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [where]);
  return <MarkedContext value={{ where, mark }}>{children}</MarkedContext>;
}

/** Marks the field of this path while a form shows that it was refused, and moves the focus to the first marked one. */
export function useMark(where: string | undefined): void {
  const { mark } = use(MarkedContext);
  useEffect(() => {
    if (where === undefined) return undefined;
    mark(where);
    return () => mark(undefined);
  }, [mark, where]);
}

/** What a field says that may be named by `input.malformed`. */
export interface MarkedProps {
  /** How its path in the operation's input ends, without the places in lists: `manager.name`, `barcodes`. */
  readonly path?: string | undefined;
}

/** What is wrong with the text of a field, as far as no form has to say it. */
export function useFieldFault({ path }: MarkedProps, text: string, lines: 'line' | 'lines'): string | undefined {
  const { t } = useTranslation('common');
  const { where } = use(MarkedContext);
  const isPlain = lines === 'line' ? isPlainLine : isPlainText;
  const isNamed = path !== undefined && where !== undefined && endsIn(where, path);
  // What is trimmed off before it is saved is nobody's fault, unless somebody says so.
  if (!isPlain(isNamed ? text : text.trim())) return t('field.unprintable');
  return isNamed ? t('field.refused') : undefined;
}

function endsIn(where: string, path: string): boolean {
  const steps = where.split('.').filter((step) => !/^\d+$/u.test(step));
  return `.${steps.join('.')}`.endsWith(`.${path}`);
}
