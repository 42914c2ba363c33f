import { Banknote, BadgePercent, LockKeyhole, SearchX, Tag as TagIcon, Undo2, Plus } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import {
  Button,
  Checkbox,
  Chip,
  IconButton,
  LastScanned,
  MoneyField,
  Notice,
  NoticeSlot,
  QuantityField,
  SearchField,
  SegmentedControl,
  Select,
  Steps,
  Switch,
  SyncChip,
  Tag,
  TextField,
} from '../ui/index.ts';
import s from './gallery.module.css';

const nothing = (): void => undefined;

/** Buttons in every state. */
export function ActionParts(): ReactNode {
  return (
    <>
      <h2 className={s['heading']}>Buttons</h2>
      <div className={s['flow']}>
        <Button icon={Banknote} onPress={nothing} shortcut="cash" variant="primary">
          Cash
        </Button>
        <Button icon={TagIcon} onPress={nothing} shortcut="discount">
          Discount
        </Button>
        <Button isSelected onPress={nothing}>
          Selected
        </Button>
        <Button onPress={nothing} shortcut="cancel" variant="quiet">
          Quiet
        </Button>
        <Button onPress={nothing} variant="danger">
          Void sale
        </Button>
      </div>
      <div className={s['flow']}>
        <Button isPending onPress={nothing} variant="primary">
          Printing
        </Button>
        <IconButton icon={LockKeyhole} label="Lock" onPress={nothing} />
        <Button isDisabled onPress={nothing}>
          Disabled
        </Button>
        <Button disabledReason="The basket is empty." onPress={nothing} shortcut="split">
          Says why
        </Button>
        <Button onPress={nothing} size="small">
          Small
        </Button>
        <Button icon={Plus} onPress={nothing} size="function">
          Function
        </Button>
      </div>
    </>
  );
}

/** Fields in every state. */
export function FieldParts(): ReactNode {
  const [text, setText] = useState('Oat drink');
  const [money, setMoney] = useState('3.4951');
  const [quantity_milli, setQuantity] = useState(6000);
  const [goods, setGoods] = useState('restock');
  const [reason, setReason] = useState('faulty');
  const [tax, setTax] = useState('a');
  const [isOn, setIsOn] = useState(true);
  return (
    <>
      <h2 className={s['heading']}>Fields</h2>
      <div className={s['columns']}>
        <SearchField label="Name, SKU or barcode" onChange={nothing} placeholder="Search" shortcut="find" value="" />
        <TextField label="Name" onChange={setText} value={text} />
        <MoneyField label="Price per kg" onChange={setMoney} value={money} />
        <Select
          choices={[
            { id: 'a', label: 'Standard, 20 %' },
            { id: 'z', label: 'Zero, 0 %', detail: 'Food, books' },
          ]}
          label="Tax"
          onChange={setTax}
          value={tax}
        />
        <TextField description="Four to eight digits." isDisabled label="PIN" onChange={nothing} value="" />
        <TextField isReadOnly label="Shop" onChange={nothing} value="Harbour Street" />
        <TextField error="Another product has this SKU. Not saved." label="SKU" onChange={nothing} value="HS-0012" />
      </div>
      <div className={s['flow']}>
        <QuantityField label="Quantity" onChange={setQuantity} quantity_milli={quantity_milli} />
        <SegmentedControl
          choices={[
            { id: 'restock', label: 'Restock' },
            { id: 'writeOff', label: 'Write off' },
          ]}
          label="Goods"
          onChange={setGoods}
          value={goods}
        />
        <SegmentedControl
          choices={[
            { id: 'faulty', label: 'Faulty' },
            { id: 'wrong', label: 'Wrong item' },
            { id: 'other', label: 'Other' },
          ]}
          isLoose
          label="Reason"
          onChange={setReason}
          value={reason}
        />
      </div>
      <div className={s['columns']}>
        <Checkbox isSelected={isOn} onChange={setIsOn}>
          Sold by weight
        </Checkbox>
        <Switch detail="Shown among the favourites" isSelected={isOn} onChange={setIsOn}>
          Favourite
        </Switch>
      </div>
    </>
  );
}

/** What says how things stand. */
export function StatusParts(): ReactNode {
  return (
    <>
      <h2 className={s['heading']}>Status</h2>
      <div className={s['flow']}>
        <SyncChip state="confirmed">412 of 412 confirmed</SyncChip>
        <SyncChip state="waiting">12 waiting, oldest 3 min</SyncChip>
        <SyncChip onPress={nothing} state="stopped">
          Sync stopped, sales are safe here. Call 01632 960 112
        </SyncChip>
      </div>
      <div className={s['flow']}>
        <Chip severity="ok">Confirmed</Chip>
        <Chip severity="warn">Waiting</Chip>
        <Chip severity="bad">Cloned</Chip>
        <Chip severity="info">Draft</Chip>
        <Tag icon={BadgePercent}>3 for 2</Tag>
        <Tag icon={Undo2} tone="neutral">
          deposit
        </Tag>
        <Steps current={0} label="Close" steps={['Count', 'Compare', 'Close']} />
      </div>
      <h2 className={s['heading']}>Notices</h2>
      <Notice severity="info" title="Prices change at 18:00">
        14 products. Baskets that are open keep today’s price.
      </Notice>
      <Notice icon={SearchX} severity="warn" title="Unknown barcode 5012345678900">
        Nothing was added. Keep scanning, or search by name.
      </Notice>
      <Notice severity="bad" title="Printer has no paper">
        The sale is saved. Load paper, then press Print again.
      </Notice>
      <Notice severity="ok" title="Sale 004127 was already recorded">
        It was not rung up twice. Go on with the next customer.
      </Notice>
      <NoticeSlot>
        <LastScanned detail="Added 1.20 + 0.20 deposit" name="Still spring water, glass 0.75 l" onUndo={nothing} />
      </NoticeSlot>
    </>
  );
}
