import { raw } from 'bwip-js/generic';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import s from './receipt-qr.module.css';

export interface ReceiptQrProps {
  /** What is encoded: the sale's UUID. */
  readonly text: string;
  /** The number beside it, for screen readers. */
  readonly receiptNumber: string;
}

interface Matrix {
  readonly size: number;
  readonly path: string;
}

/** The dark modules as one path: a module is 1 by 1, and a run of them is one rectangle. */
function drawQr(text: string): Matrix {
  const [symbol] = raw('qrcode', text, 'eclevel=M');
  if (symbol === undefined || !('pixs' in symbol)) throw new Error('A QR code is a matrix');
  const { pixs, pixx, pixy } = symbol;
  let path = '';
  for (let y = 0; y < pixy; y += 1) {
    let from = -1;
    for (let x = 0; x <= pixx; x += 1) {
      const isDark = x < pixx && pixs[y * pixx + x] === 1;
      if (isDark && from === -1) from = x;
      if (!isDark && from !== -1) {
        path += `M${String(from)} ${String(y)}h${String(x - from)}v1h${String(from - x)}z`;
        from = -1;
      }
    }
  }
  return { size: pixx, path };
}

/** The receipt's QR code, drawn in the page: dark on white in every theme, never mirrored. */
export function ReceiptQr({ receiptNumber, text }: ReceiptQrProps): ReactNode {
  const { t } = useTranslation('common');
  const { path, size } = useMemo(() => drawQr(text), [text]);
  return (
    <svg
      aria-label={t('receipt.qr', { number: receiptNumber })}
      className={s['qr']}
      role="img"
      shapeRendering="crispEdges"
      viewBox={`0 0 ${String(size)} ${String(size)}`}
    >
      <path d={path} />
    </svg>
  );
}
