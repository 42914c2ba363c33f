import { useState, type ReactNode } from 'react';
import {
  AmountText,
  ApprovalPanel,
  Panel,
  QuantityField,
  SegmentedControl,
  Slate,
  SyncChip,
  Table,
  TopBar,
} from '../ui/index.ts';
import s from './gallery.module.css';

interface Line {
  readonly id: string;
  readonly name: string;
  readonly sold: string;
  readonly left: string;
  readonly now_milli: number;
  readonly amount_minor: number;
}

const lines: readonly Line[] = [
  { id: '1', name: 'Enamel jug, cream, 1.5 l', sold: '1', left: '1', now_milli: 1000, amount_minor: 2150 },
  { id: '2', name: 'Linen napkin, sea green', sold: '6', left: '4', now_milli: 2000, amount_minor: 891 },
  { id: '3', name: 'Tide tables 2027, Harbour edition', sold: '2', left: '2', now_milli: 0, amount_minor: 0 },
];

const nothing = (): void => undefined;

/** A refund that a manager must approve, put together as the till's screen is. */
export function ApprovalScreen(): ReactNode {
  const [approver, setApprover] = useState('priya');
  const [pin, setPin] = useState('123');
  return (
    <div className={s['till']}>
      <TopBar
        cashier={{ name: 'Jonas M.', detail: 'Shift since 07:58' }}
        clock="15:06"
        onLock={nothing}
        store="Harbour Street"
        sync={<SyncChip state="stopped">Sync stopped, sales are safe here. Call 01632 960 112</SyncChip>}
        till="Till 2"
      />
      <main className={s['work']}>
        <div className={s['area']}>
          <Panel isFilling>
            <Table
              columns={[
                { id: 'name', title: 'Product', render: ({ name }) => name, isRowName: true },
                { id: 'sold', title: 'Sold', render: ({ sold }) => sold, isFigure: true },
                { id: 'left', title: 'Left', render: ({ left }) => left, isFigure: true },
                {
                  id: 'now',
                  title: 'Give back now',
                  render: ({ name, now_milli }) => (
                    <QuantityField isLabelHidden label={name} onChange={nothing} quantity_milli={now_milli} />
                  ),
                },
                {
                  id: 'goods',
                  title: 'Goods',
                  render: ({ name }) => (
                    <SegmentedControl
                      choices={[
                        { id: 'restock', label: 'Restock' },
                        { id: 'writeOff', label: 'Write off' },
                      ]}
                      label={`Goods: ${name}`}
                      onChange={nothing}
                      value="restock"
                    />
                  ),
                },
                {
                  id: 'amount',
                  title: 'Amount',
                  render: ({ amount_minor }) => <AmountText amount_minor={amount_minor} />,
                  isFigure: true,
                },
              ]}
              isRoomy
              label="Lines of the sale"
              rowId={({ id }) => id}
              rows={lines}
            />
          </Panel>
        </div>
        <section aria-label="Refund" className={`${s['sale'] ?? ''} ${s['aside'] ?? ''}`}>
          <Slate amount_minor={3041} detail="3 items, in cash" label="To give back" size="small" tone="give" />
          <ApprovalPanel
            approver={approver}
            approvers={[
              { id: 'priya', name: 'Priya Shah' },
              { id: 'tom', name: 'Tom Brandt' },
            ]}
            credential={pin}
            onApprove={nothing}
            onChooseApprover={setApprover}
            onCredentialChange={setPin}
            onRefuse={nothing}
            onUsePassword={nothing}
          >
            Give back <b>£30.41</b> in <b>cash</b>, not to card <b>•••• 8841</b>. Jonas asks: “card account closed”.
          </ApprovalPanel>
        </section>
      </main>
    </div>
  );
}
