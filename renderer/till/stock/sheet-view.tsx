import { Scale } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import {
  Button,
  ConfirmDialog,
  EmptyState,
  LastScanned,
  Notice,
  Panel,
  SegmentedControl,
  Table,
  useFormat,
} from '../../ui/index.ts';
import type { OpenTake, SheetLine } from '../data/operations.ts';
import { useAskRows } from '../data/use-ask-rows.ts';
import { useCommand } from '../data/use-command.ts';
import { useFailureText } from '../frame/failure-text.ts';
import { ListHeader } from '../frame/list-header.tsx';
import s from '../frame/page.module.css';
import { useAtTheTill } from '../frame/session-context.tsx';
import { Unanswered } from '../frame/unanswered.tsx';
import { useScanner } from '../scan/index.ts';
import { CountDialog } from './count-dialog.tsx';
import { useQuantityText } from './quantity-text.ts';

type Only = 'all' | 'open' | 'counted';

/** The sheet of whoever counts: what is there and what was counted, never what is expected. A scan counts one more. */
export function SheetView({ take }: { readonly take: OpenTake }): ReactNode {
  const { t } = useTranslation('stock');
  const format = useFormat();
  const [, goTo] = useLocation();
  const { can } = useAtTheTill();
  const failureText = useFailureText();
  const quantity = useQuantityText();
  const { count } = take;
  const scan = useCommand('stock_take.scan', { countsEachPress: true });
  const discard = useCommand('stock_take.discard');
  const [last, setLast] = useState<SheetLine | null>(null);
  const [entered, setEntered] = useState<SheetLine | null>(null);
  const [text, setText] = useState('');
  const [isGivingUp, setIsGivingUp] = useState(false);
  useScanner(async (barcode, heard) => {
    const result = await scan.run({ count, barcode });
    heard(result.ok ? 'good' : 'bad');
    setLast(result.ok ? result.value : null);
  });
  const failure = scan.failure ?? discard.failure;
  const scopeName = take.scope === 'category' ? (take.category ?? '') : t(`takes.scopes.${take.scope}`);
  return (
    <div className={s['page']}>
      <ListHeader
        actions={
          can('stock.post_count') && (
            <>
              <Button onPress={() => setIsGivingUp(true)}>{t('takes.giveUp')}</Button>
              <Button icon={Scale} onPress={() => goTo('/stock/take/differences')} variant="primary">
                {t('takes.differences')}
              </Button>
            </>
          )
        }
        detail={t('takes.progress', { counted: take.counted, products: take.products })}
        onText={setText}
        searchLabel={t('search')}
        text={text}
        title={`${t('takes.title')}: ${scopeName}`}
      />
      {failure !== undefined ? (
        <Notice onClose={scan.clear} severity="bad" title={failureText(failure)} />
      ) : last === null ? (
        <Notice severity="info" title={t('takes.scanHint')}>
          {t('takes.since', { time: format.dateTime(take.opened_at), name: take.opened_by })}
        </Notice>
      ) : (
        <LastScanned
          detail={t('takes.scanned', { quantity: quantity(last.counted_milli ?? 0, last.unit) })}
          name={last.name}
        />
      )}
      <Sheet onEnter={setEntered} take={take} text={text} />
      <CountDialog
        count={count}
        line={entered}
        onClose={() => setEntered(null)}
        onCounted={(line) => {
          setEntered(null);
          setLast(line);
          scan.clear();
          setText('');
        }}
      />
      <ConfirmDialog
        confirmLabel={t('takes.giveUp')}
        isDangerous
        isOpen={isGivingUp}
        isPending={discard.isPending}
        onCancel={() => setIsGivingUp(false)}
        onConfirm={() => void discard.run({ count }).then(() => setIsGivingUp(false))}
        title={t('takes.giveUpTitle')}
      >
        {t('takes.giveUpBody')}
      </ConfirmDialog>
    </div>
  );
}

function Sheet(props: {
  readonly take: OpenTake;
  readonly text: string;
  readonly onEnter: (line: SheetLine) => void;
}): ReactNode {
  const { take, text } = props;
  const { t } = useTranslation('stock');
  const quantity = useQuantityText();
  const [only, setOnly] = useState<Only>('all');
  const sheet = useAskRows('stock_take.lines', { count: take.count, text: text.trim(), only }, (answer) => ({
    rows: answer.lines,
    total: answer.total,
  }));
  const empty: Readonly<Record<Only, string>> = {
    all: t('takes.nothing'),
    open: t('takes.noneLeft'),
    counted: t('takes.noneCounted'),
  };
  return (
    <Panel isFilling label={t('takes.title')}>
      <Table<SheetLine>
        columns={[
          { id: 'name', title: t('name'), isRowName: true, width: 'wide', render: ({ name }) => name },
          { id: 'sku', title: t('sku'), render: ({ sku }) => <bdi className={s['nowrap']}>{sku}</bdi> },
          {
            id: 'counted',
            title: t('takes.counted'),
            isFigure: true,
            render: ({ counted_milli, unit }) =>
              counted_milli === null ? (
                <span className={s['hint']}>{t('takes.open')}</span>
              ) : (
                <bdi className={s['nowrap']}>{quantity(counted_milli, unit)}</bdi>
              ),
          },
        ]}
        isRoomy
        label={t('takes.title')}
        onRowPress={props.onEnter}
        placeholder={
          <Unanswered asked={sheet.asked} failed={t('failed')} failedHint={t('failedHint')}>
            <EmptyState title={text === '' ? empty[only] : t('noneFound', { text })} />
          </Unanswered>
        }
        rowId={({ product }) => product}
        rows={sheet.rows}
      />
      <footer className={s['foot']}>
        <SegmentedControl
          choices={[
            { id: 'all', label: t('takes.onlyAll') },
            { id: 'open', label: t('takes.onlyOpen') },
            { id: 'counted', label: t('takes.onlyCounted') },
          ]}
          label={t('takes.only')}
          onChange={setOnly}
          value={only}
        />
      </footer>
    </Panel>
  );
}
