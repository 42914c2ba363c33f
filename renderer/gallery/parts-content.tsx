import { Printer, ScanBarcode, Tag as TagIcon } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import {
  AmountText,
  BasketLine,
  Button,
  Chip,
  ConfirmDialog,
  Denomination,
  EmptyState,
  ErrorState,
  HiddenFigure,
  LoadingState,
  NumPad,
  PinPad,
  Panel,
  ProductTile,
  Slate,
  SumList,
  SumRow,
  Table,
  Tabs,
  Tag,
  Toast,
  VirtualList,
} from '../ui/index.ts';
import s from './gallery.module.css';

const nothing = (): void => undefined;

const tills = [
  { id: '1', name: 'Quay 1', head: '7,345', here: '7,333', lag: '12', state: <Chip severity="warn">3 min</Chip> },
  { id: '2', name: 'Old Market 1', head: '22,410', here: '22,410', lag: '0', state: <Chip severity="ok">Equal</Chip> },
  { id: '3', name: 'Kiosk 1', head: '5,163', here: '5,163', lag: '0', state: <Chip severity="bad">Cloned</Chip> },
];

/** Lines, tables, amounts, dialogs and what stands in the place of content. */
export function ContentParts(): ReactNode {
  return (
    <>
      <h2 className={s['heading']}>Basket lines and tiles</h2>
      <div className={s['columns4']}>
        <Panel>
          <ul>
            <BasketLine
              amount_minor={1377}
              before_minor={1530}
              detail="6 × 2.55"
              name="T-light holder"
              onPress={nothing}
              quantity_milli={6000}
              tags={<Tag icon={TagIcon}>−10 %</Tag>}
            />
            <BasketLine
              amount_minor={218}
              detail="0.624 kg × 3.49"
              isSelected
              isWeighed
              name="Vine tomatoes"
              onPress={nothing}
              quantity_milli={624}
            />
          </ul>
        </Panel>
        <ProductTile
          icon="wheat"
          inBasket_milli={1000}
          name="Sourdough loaf, Seaside 800 g"
          onPress={nothing}
          price={<AmountText amount_minor={395} />}
          tint="bakery"
        />
        <ProductTile
          icon="apple"
          name="Braeburn apples"
          note="/ kg"
          onPress={nothing}
          price={<AmountText amount_minor={275} />}
          tint="produce"
        />
      </div>
      <h2 className={s['heading']}>Table rows</h2>
      <Panel>
        <Table
          columns={[
            { id: 'name', title: 'Till', render: ({ name }) => name, isRowName: true },
            { id: 'head', title: 'Its head', render: ({ head }) => head, isFigure: true },
            { id: 'here', title: 'Here', render: ({ here }) => here, isFigure: true },
            { id: 'lag', title: 'Lag', render: ({ lag }) => lag, isFigure: true },
            { id: 'state', title: 'State', render: ({ state }) => state },
          ]}
          label="Tills"
          onRowPress={nothing}
          rowId={({ id }) => id}
          rows={tills}
          selected="2"
        />
      </Panel>
      <h2 className={s['heading']}>The amount</h2>
      <div className={s['columns']}>
        <Slate amount_minor={3985} detail="solid: they owe you" label="Total" size="small" tone="owed" />
        <Slate amount_minor={515} detail="tinted: you give" label="Change" size="small" tone="give" />
      </div>
      <div className={s['flow']}>
        <Denomination kind="note">£20</Denomination>
        <Denomination kind="coin">50p</Denomination>
        <Denomination count={2} kind="note">
          £5
        </Denomination>
        <Denomination count={1} kind="coin">
          10p
        </Denomination>
      </div>
      <DialogParts />
      <h2 className={s['heading']}>Empty, loading, error</h2>
      <div className={s['columns3']}>
        <div className={s['box']}>
          <EmptyState icon={ScanBarcode} title="Basket is empty">
            Scan a product, or press F2 to search.
          </EmptyState>
        </div>
        <div className={s['box']}>
          <LoadingState>Loading sales</LoadingState>
        </div>
        <div className={s['box']}>
          <ErrorState onRetry={nothing} title="Report did not load">
            Nothing is lost. Incident 7F3K.
          </ErrorState>
        </div>
      </div>
      <PadParts />
    </>
  );
}

function DialogParts(): ReactNode {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <h2 className={s['heading']}>Dialog and toast</h2>
      <div className={s['columns']}>
        <Button onPress={() => setIsOpen(true)}>Void this basket…</Button>
        <ConfirmDialog
          cancelLabel="Keep"
          confirmLabel="Void"
          confirmShortcut="removeLine"
          isDangerous
          isOpen={isOpen}
          onCancel={() => setIsOpen(false)}
          onConfirm={() => setIsOpen(false)}
          title="Void this basket?"
        >
          6 lines, 39.85. The void and your name go into the journal.
        </ConfirmDialog>
        <div>
          <Toast actionLabel="Undo" onAction={nothing}>
            Basket parked as “Blue coat”
          </Toast>
          <Toast icon={Printer}>Receipt printing</Toast>
        </div>
      </div>
    </>
  );
}

function PadParts(): ReactNode {
  const [pin, setPin] = useState('123');
  return (
    <>
      <h2 className={s['heading']}>Pads, tabs, lists</h2>
      <div className={s['columns']}>
        <div className={s['tall']}>
          <NumPad extras={[{ id: '10', label: '+10', onPress: nothing }]} layout="money" onKey={nothing} />
        </div>
        <div className={s['tall']}>
          <PinPad label="Priya’s PIN" onChange={setPin} onUsePassword={nothing} value={pin} />
        </div>
        <div className={s['tall']}>
          <Panel isFilling title="Sums">
            <SumList title="Shown after the count">
              <SumRow amount_minor={128435} label="Card, compare with the terminal" />
              <SumRow label="Cash sales and float">
                <HiddenFigure label="Shown after the count" />
              </SumRow>
              <SumRow amount_minor={-363} isStrong label="Over or short" />
            </SumList>
          </Panel>
        </div>
        <div className={s['tall']}>
          <Panel isFilling>
            <Tabs
              label="Basket"
              pages={[
                { id: 'basket', label: 'Basket', content: <p className={s['page']}>Six lines</p> },
                { id: 'parked', label: '2 parked', content: <p className={s['page']}>Blue coat</p> },
              ]}
            />
            <VirtualList
              estimate_px={44}
              itemId={(item) => item}
              items={Array.from({ length: 5000 }, (_, at) => `Product ${String(at + 1)}`)}
              label="Products"
              render={(item) => <p className={s['page']}>{item}</p>}
            />
          </Panel>
        </div>
      </div>
    </>
  );
}
