import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TaxId } from '../../../shared/ids.ts';
import { decimalText } from '../../../shared/money/decimal-text.ts';
import { Button, Dialog, Notice, Switch, TextField, useFormat } from '../../ui/index.ts';
import { newId } from '../../line/line.ts';
import type { Tax } from '../data/operations.ts';
import { useCommand } from '../data/use-command.ts';
import { CancelButton } from '../frame/cancel-button.tsx';
import { useFailureText } from '../frame/failure-text.ts';
import s from '../frame/page.module.css';

/** A rate's decimals when it is written as a percentage: millionths are ten-thousandths of a per cent. */
const percentDecimals = 4;

export interface TaxDialogProps {
  readonly tax: Tax | 'new' | null;
  readonly onClose: () => void;
}

/** Writes a tax. Sales already made keep theirs. */
export function TaxDialog({ onClose, tax }: TaxDialogProps): ReactNode {
  const { t } = useTranslation('products');
  return (
    <Dialog
      isOpen={tax !== null}
      onClose={onClose}
      size="small"
      title={tax === 'new' ? t('categories.newTax') : (tax?.name ?? '')}
    >
      {tax !== null && <TaxForm onClose={onClose} tax={tax === 'new' ? null : tax} />}
    </Dialog>
  );
}

function TaxForm({ onClose, tax }: { readonly tax: Tax | null; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation('products');
  const format = useFormat();
  const failureText = useFailureText();
  const record = useCommand('catalogue.record_tax');
  const [id] = useState(() => tax?.tax ?? newId<TaxId>());
  const [code, setCode] = useState(tax?.code ?? '');
  const [name, setName] = useState(tax?.name ?? '');
  const [rate, setRate] = useState(() => (tax === null ? '' : rateText(tax.rate_millionths, format.decimalSign)));
  const [active, setActive] = useState(tax?.active ?? true);
  const reading = rate === '' ? undefined : format.readRate(rate);
  const isGood = reading?.ok === true && reading.value >= 0;
  const isComplete = isGood && code.trim() !== '' && name.trim() !== '';
  const save = async (): Promise<void> => {
    if (reading?.ok !== true || !isComplete || record.isPending) return;
    const result = await record.run({ tax: id, code, name, rate_millionths: reading.value, active });
    if (result.ok) onClose();
  };
  return (
    <div className={s['form']}>
      {record.failure !== undefined && <Notice severity="bad" title={failureText(record.failure)} />}
      <TextField
        autoFocus
        label={t('categories.name')}
        maxLength={200}
        onChange={setName}
        onSubmit={() => void save()}
        path="name"
        value={name}
      />
      <div className={s['pair']}>
        <TextField
          isCode
          label={t('categories.code')}
          maxLength={8}
          onChange={setCode}
          onSubmit={() => void save()}
          path="code"
          value={code}
        />
        <TextField
          after="%"
          error={rate !== '' && !isGood ? t('categories.notARate') : undefined}
          inputMode="numeric"
          isCode
          label={t('categories.rate')}
          maxLength={10}
          onChange={setRate}
          onSubmit={() => void save()}
          path="rate_millionths"
          value={rate}
        />
      </div>
      <Switch isSelected={active} onChange={setActive}>
        {t('categories.isActive')}
      </Switch>
      <div className={s['actions']}>
        <CancelButton onPress={onClose} />
        <Button
          isDisabled={!isComplete}
          isPending={record.isPending}
          onPress={() => void save()}
          shortcut="save"
          variant="primary"
        >
          {t('categories.save')}
        </Button>
      </div>
    </div>
  );
}

/** `200000` is `20`, `88750` is `8.875`, in the store's writing. */
function rateText(rate_millionths: number, decimalSign: string): string {
  return (
    decimalText(rate_millionths, percentDecimals)
      .replace(/\.?0+$/u, '')
      .replace('.', decimalSign) || '0'
  );
}
