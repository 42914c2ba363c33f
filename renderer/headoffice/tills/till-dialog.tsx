import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, ConfirmDialog, Dialog, SumList, SumRow, TextField, useFormat } from '../../ui/index.ts';
import { useMay } from '../data/office-context.tsx';
import type { TillRow } from '../data/operations.ts';
import { useCommand } from '../data/use-command.ts';
import { FailureNotice } from '../frame/failure-notice.tsx';
import { OtherPcs } from './other-pcs.tsx';
import { TakeOver } from './take-over.tsx';
import s from './till-dialog.module.css';

/** One till: both heads whole, its name, and whether it is in use. */
export function TillDialog({ onClose, till }: { readonly till: TillRow; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation(['headoffice', 'common']);
  const mayEdit = useMay('till.enrol');
  const rename = useCommand('till.rename');
  const setActive = useCommand('till.set_active');
  const [name, setName] = useState(till.till_name);
  const [isAsking, setIsAsking] = useState(false);
  const failure = rename.failure ?? setActive.failure;
  const save = async (): Promise<void> => {
    const result = await rename.run({ till: till.till, name });
    if (result.ok) onClose();
  };
  const change = async (active: boolean): Promise<void> => {
    setIsAsking(false);
    const result = await setActive.run({ till: till.till, active });
    if (result.ok) onClose();
  };
  const isSame = name.trim() === till.till_name || name.trim() === '';
  return (
    <>
      <Dialog
        actions={
          mayEdit && (
            <>
              {till.active ? (
                <Button isPending={setActive.isPending} onPress={() => setIsAsking(true)} variant="danger">
                  {t('tills.takeOut')}
                </Button>
              ) : (
                <Button isPending={setActive.isPending} onPress={() => void change(true)}>
                  {t('tills.takeIn')}
                </Button>
              )}
              <Button isDisabled={isSame} isPending={rename.isPending} onPress={() => void save()} variant="primary">
                {t('common:actions.save')}
              </Button>
            </>
          )
        }
        isOpen
        onClose={onClose}
        title={`${till.till_code} ${till.till_name}`}
      >
        <div className={s['content']}>
          <FailureNotice failure={failure} />
          <TextField
            isReadOnly={!mayEdit}
            label={t('tills.name')}
            maxLength={200}
            onChange={setName}
            onSubmit={() => void save()}
            path="name"
            value={name}
          />
          <TillFacts till={till} />
          {mayEdit && till.active && <OtherPcs onDecided={onClose} till={till} />}
          {mayEdit && till.active && <TakeOver till={till} />}
        </div>
      </Dialog>
      <ConfirmDialog
        confirmLabel={t('tills.takeOut')}
        isDangerous
        isOpen={isAsking}
        onCancel={() => setIsAsking(false)}
        onConfirm={() => void change(false)}
        title={t('tills.takeOutTitle', { till: till.till_name })}
      >
        {t('tills.takeOutBody')}
      </ConfirmDialog>
    </>
  );
}

function TillFacts({ till }: { readonly till: TillRow }): ReactNode {
  const { t } = useTranslation('headoffice');
  const format = useFormat();
  const { held, reported } = till;
  return (
    <>
      <Head hash={reported?.hash ?? null} label={t('tills.itsHead')} seq={reported?.seq ?? null} />
      <Head hash={held.hash} label={t('tills.headHere')} seq={held.seq} />
      <SumList>
        <SumRow label={t('tills.epoch')}>{format.integer(till.epoch)}</SumRow>
        <SumRow label={t('tills.enrolled')}>{format.dateTime(till.enrolled_at)}</SumRow>
        <SumRow label={t('tills.lastEntry')}>
          {till.last_entry_at === null ? '–' : format.dateTime(till.last_entry_at)}
        </SumRow>
        <SumRow label={t('tills.clock')}>
          {till.clock_offset_ms === null
            ? '–'
            : t('tills.clockSeconds', { seconds: format.quantity(till.clock_offset_ms) })}
        </SumRow>
        <SumRow label={t('tills.held')}>{format.integer(till.quarantined + till.unprojected)}</SumRow>
      </SumList>
    </>
  );
}

function Head(props: { readonly label: string; readonly seq: number | null; readonly hash: string | null }): ReactNode {
  const { t } = useTranslation('headoffice');
  const format = useFormat();
  return (
    <div className={s['head']}>
      <span className={s['label']}>
        {props.label}
        {props.seq !== null && ` ${format.integer(props.seq)}`}
      </span>
      <code className={s['hash']} dir="ltr">
        {props.hash ?? t('tills.notTold')}
      </code>
    </div>
  );
}
