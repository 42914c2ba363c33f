import { X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton, TextField } from '../../ui/index.ts';
import p from '../frame/page.module.css';
import s from './products.module.css';

/** The barcodes of a product: scanned from anywhere on this screen, or typed. */
export function Barcodes(props: {
  readonly barcodes: readonly string[];
  readonly onChange: (barcodes: string[]) => void;
  readonly isReadOnly: boolean;
  readonly error: string | undefined;
}): ReactNode {
  const { barcodes, error, isReadOnly, onChange } = props;
  const { t } = useTranslation('products');
  const [text, setText] = useState('');
  const add = (): void => {
    const code = text.trim();
    if (code !== '' && !barcodes.includes(code)) onChange([...barcodes, code]);
    setText('');
  };
  return (
    <div className={p['group']}>
      <p className={p['label']}>{t('form.barcodes')}</p>
      {barcodes.length > 0 && (
        <ul className={s['barcodes']}>
          {barcodes.map((barcode) => (
            <li className={s['barcode']} key={barcode}>
              <bdi>{barcode}</bdi>
              {!isReadOnly && (
                <IconButton
                  icon={X}
                  label={t('form.removeBarcode', { barcode })}
                  onPress={() => onChange(barcodes.filter((one) => one !== barcode))}
                  size="small"
                  variant="quiet"
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {!isReadOnly && (
        <TextField
          description={t('form.barcodesHint')}
          error={error}
          isCode
          isLabelHidden
          label={t('form.addBarcode')}
          maxLength={80}
          onBlur={add}
          onChange={setText}
          onSubmit={add}
          path="barcodes"
          value={text}
        />
      )}
    </div>
  );
}
