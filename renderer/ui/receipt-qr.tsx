import { qrcode, type DrawingContext } from 'bwip-js/generic';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import s from './receipt-qr.module.css';

export interface ReceiptQrProps {
  /** What is encoded: the sale's UUID. */
  readonly text: string;
  /** The number beside it, for screen readers. */
  readonly receiptNumber: string;
}

interface Drawn {
  readonly width: number;
  readonly height: number;
  readonly path: string;
}

/** Collects the symbol's dark areas as one path; a QR code has neither lines nor text. */
function collectPath(): DrawingContext<Drawn> {
  let size = { width: 0, height: 0 };
  let path = '';
  const nothing = (): void => undefined;
  return {
    scale: () => null,
    measure: () => ({ width: 0, ascent: 0, descent: 0 }),
    init: (width, height) => {
      size = { width, height };
    },
    polygon: (points) => {
      path += `M${points.map(([x, y]) => `${String(x)} ${String(y)}`).join('L')}Z`;
    },
    line: nothing,
    hexagon: nothing,
    ellipse: nothing,
    fill: nothing,
    text: nothing,
    end: () => ({ ...size, path }),
  };
}

function drawQr(text: string): Drawn {
  // `eclevel` belongs to the symbol; the library's type lists only what all symbols share.
  const options = { bcid: 'qrcode', text, scale: 1, eclevel: 'M' };
  return qrcode(options, collectPath());
}

/** The receipt's QR code, drawn in the page: dark on white in every theme, never mirrored. */
export function ReceiptQr({ receiptNumber, text }: ReceiptQrProps): ReactNode {
  const { t } = useTranslation('common');
  const { height, path, width } = useMemo(() => drawQr(text), [text]);
  return (
    <svg
      aria-label={t('receipt.qr', { number: receiptNumber })}
      className={s['qr']}
      role="img"
      shapeRendering="crispEdges"
      viewBox={`0 0 ${String(width)} ${String(height)}`}
    >
      <path d={path} fillRule="evenodd" />
    </svg>
  );
}
