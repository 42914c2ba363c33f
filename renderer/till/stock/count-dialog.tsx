import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CountId } from '../../../shared/ids.ts';
import { Button, Dialog, Notice, SegmentedControl } from '../../ui/index.ts';
import type { SheetLine } from '../data/operations.ts';
import { useCommand } from '../data/use-command.ts';
import { CancelButton } from '../frame/cancel-button.tsx';
import { useFailureText } from '../frame/failure-text.ts';
import { Fit } from '../frame/fit.tsx';
import s from '../frame/page.module.css';
import { QuantityPad } from '../frame/quantity-pad.tsx';
import { useQuantityEntry } from '../frame/use-quantity-entry.ts';
import { useQuantityText } from './quantity-text.ts';

export interface CountDialogProps {
  readonly count: CountId;
  readonly line: SheetLine | null;
  readonly onClose: () => void;
  readonly onCounted: (line: SheetLine | null) => void;
}

/** Types what is on the shelf of one product: all there is, or what comes on top of an earlier pass. */
export function CountDialog(props: CountDialogProps): ReactNode {
  const { line, onClose } = props;
  const { t } = useTranslation('stock');
  return (
    <Dialog isOpen={line !== null} onClose={onClose} title={t('takes.enterTitle', { name: line?.name ?? '' })}>
      {line !== null && <CountForm {...props} line={line} />}
    </Dialog>
  );
}

function CountForm({ count, line, onClose, onCounted }: CountDialogProps & { readonly line: SheetLine }): ReactNode {
  const { t } = useTranslation('stock');
  const failureText = useFailureText();
  const quantityText = useQuantityText();
  const enter = useCommand('stock_take.enter');
  const uncount = useCommand('stock_take.uncount');
  const [how, setHow] = useState<'replace' | 'add'>('replace');
  const entry = useQuantityEntry({ canBeNone: true });
  const type = (typed: string): void => {
    entry.setText(typed);
    enter.clear();
  };
  const save = async (): Promise<void> => {
    entry.tell();
    const { quantity_milli } = entry;
    if (quantity_milli === undefined || enter.isPending) return;
    const result = await enter.run({ count, product: line.product, quantity_milli, how });
    if (result.ok) onCounted(result.value);
  };
  const takeBack = async (): Promise<void> => {
    const result = await uncount.run({ count, product: line.product });
    if (result.ok) onCounted(null);
  };
  const failure = enter.failure ?? uncount.failure;
  return (
    <div className={s['form']}>
      {failure !== undefined && <Notice severity="bad" title={failureText(failure)} />}
      {line.counted_milli !== null && (
        <>
          <p className={s['hint']}>{t('takes.before', { quantity: quantityText(line.counted_milli, line.unit) })}</p>
          <Fit>
            <SegmentedControl
              choices={[
                { id: 'replace', label: t('takes.replace') },
                { id: 'add', label: t('takes.add') },
              ]}
              label={t('takes.how')}
              onChange={setHow}
              value={how}
            />
          </Fit>
        </>
      )}
      <QuantityPad entry={{ ...entry, setText: type }} label={t('takes.counted')} onSubmit={() => void save()} />
      <div className={s['actions']}>
        {line.counted_milli !== null && (
          <Button isPending={uncount.isPending} onPress={() => void takeBack()} variant="quiet">
            {t('takes.uncount')}
          </Button>
        )}
        <CancelButton onPress={onClose} />
        <Button isPending={enter.isPending} onPress={() => void save()} variant="primary">
          {t('takes.save')}
        </Button>
      </div>
    </div>
  );
}
