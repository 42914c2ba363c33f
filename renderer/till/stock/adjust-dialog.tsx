import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Dialog, Notice, SegmentedControl } from '../../ui/index.ts';
import type { StockRow } from '../data/operations.ts';
import { useCommand } from '../data/use-command.ts';
import { CancelButton } from '../frame/cancel-button.tsx';
import { useFailureText } from '../frame/failure-text.ts';
import { Fit } from '../frame/fit.tsx';
import s from '../frame/page.module.css';
import { QuantityPad } from '../frame/quantity-pad.tsx';
import { ReasonField } from '../frame/reason-field.tsx';
import { useQuantityEntry } from '../frame/use-quantity-entry.ts';
import { useReason } from '../frame/use-reason.ts';
import { useQuantityText } from './quantity-text.ts';

export interface AdjustDialogProps {
  readonly row: StockRow | null;
  readonly onClose: () => void;
  /** Told the product's name. */
  readonly onDone: (name: string) => void;
}

/** Corrects the stock of one product, by so much more or less, with a reason. */
export function AdjustDialog({ onClose, onDone, row }: AdjustDialogProps): ReactNode {
  const { t } = useTranslation('stock');
  return (
    <Dialog isOpen={row !== null} onClose={onClose} title={t('adjust.title', { name: row?.name ?? '' })}>
      {row !== null && <AdjustForm onClose={onClose} onDone={onDone} row={row} />}
    </Dialog>
  );
}

function AdjustForm({ onClose, onDone, row }: AdjustDialogProps & { readonly row: StockRow }): ReactNode {
  const { t } = useTranslation('stock');
  const failureText = useFailureText();
  const quantityText = useQuantityText();
  const adjust = useCommand('stock.adjust');
  const [direction, setDirection] = useState<'more' | 'less'>('more');
  const entry = useQuantityEntry();
  const { ask, field, reason } = useReason(t('adjust.reasonMissing'));
  const save = async (): Promise<void> => {
    entry.tell();
    const { quantity_milli } = entry;
    if (quantity_milli === undefined || adjust.isPending || !ask()) return;
    const moved = direction === 'more' ? quantity_milli : -quantity_milli;
    const result = await adjust.run({ reason, lines: [{ product: row.product, quantity_milli: moved }] });
    if (result.ok) onDone(row.name);
  };
  return (
    <div className={s['form']}>
      {adjust.failure !== undefined && <Notice severity="bad" title={failureText(adjust.failure)} />}
      <p className={s['hint']}>{t('adjust.now', { level: quantityText(row.store_milli, row.unit) })}</p>
      <Fit>
        <SegmentedControl
          choices={[
            { id: 'more', label: t('adjust.more') },
            { id: 'less', label: t('adjust.less') },
          ]}
          label={t('adjust.direction')}
          onChange={setDirection}
          value={direction}
        />
      </Fit>
      <QuantityPad entry={entry} label={t('adjust.quantity')} onSubmit={() => void save()} />
      <ReasonField
        {...field}
        label={t('adjust.reason')}
        onSubmit={() => void save()}
        usual={[t('adjust.reasons.delivery'), t('adjust.reasons.broken'), t('adjust.reasons.gone')]}
      />
      <div className={s['actions']}>
        <CancelButton onPress={onClose} />
        <Button isPending={adjust.isPending} onPress={() => void save()} variant="primary">
          {t('adjust.save')}
        </Button>
      </div>
    </div>
  );
}
