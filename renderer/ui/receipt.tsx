import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from './class-names.ts';
import { isolated } from './isolated.tsx';
import s from './receipt.module.css';

/** The paper: white in every theme, torn off at its end. Its content reads in the receipt's own direction. */
export function Receipt({
  children,
  direction,
}: {
  readonly children: ReactNode;
  readonly direction?: 'ltr' | 'rtl';
}): ReactNode {
  const { t } = useTranslation('common');
  return (
    <article aria-label={t('receipt.label')} className={s['receipt']} dir={direction}>
      <div className={s['paper']}>{children}</div>
    </article>
  );
}

/** The shop's name and address, in the middle. */
export function ReceiptHead({
  children,
  title,
}: {
  readonly children?: ReactNode;
  readonly title: ReactNode;
}): ReactNode {
  return (
    <header className={s['head']}>
      <p className={s['title']}>{isolated(title)}</p>
      {children}
    </header>
  );
}

export interface ReceiptRowProps {
  readonly children: ReactNode;
  readonly figure?: ReactNode;
  /** The tax's letter behind the amount. */
  readonly mark?: string | undefined;
  readonly isStrong?: boolean | undefined;
  readonly isIndented?: boolean | undefined;
  /** Leaves room for the letter of other rows, so that the digits stay on one edge. */
  readonly hasMarkRoom?: boolean | undefined;
}

/** One row: words at the start, a figure at the end. */
export function ReceiptRow(props: ReceiptRowProps): ReactNode {
  const { children, figure, hasMarkRoom = false, isIndented = false, isStrong = false, mark } = props;
  return (
    <p className={classNames(s['row'], isStrong && s['strong'], isIndented && s['indented'])}>
      <span className={s['words']}>
        <bdi>{children}</bdi>
      </span>
      {figure !== undefined && <bdi className={s['figure']}>{figure}</bdi>}
      {(mark !== undefined || hasMarkRoom) && (
        <span className={s['mark']}>
          <bdi>{mark}</bdi>
        </span>
      )}
    </p>
  );
}

/** The dashed line between two parts. */
export function ReceiptRule(): ReactNode {
  return <hr className={s['rule']} />;
}

/** The QR code with what stands beside it. */
export function ReceiptFoot({ children, qr }: { readonly children: ReactNode; readonly qr: ReactNode }): ReactNode {
  return (
    <footer className={s['foot']}>
      {qr}
      <div>{children}</div>
    </footer>
  );
}
