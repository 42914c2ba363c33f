import { Banknote, CreditCard, Ellipsis, Gift } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import {
  AmountText,
  Button,
  HiddenTitle,
  NumPad,
  Panel,
  Slate,
  SumList,
  SumRow,
  SyncChip,
  TopBar,
  typeKey,
  useFormat,
} from '../ui/index.ts';
import s from './gallery.module.css';

const nothing = (): void => undefined;

/** Paying, put together as the till's screen is. */
export function PayScreen(): ReactNode {
  const format = useFormat();
  const [entry, setEntry] = useState('30.00');
  const reading = format.readMoney(entry);
  const rules = { decimals: format.decimals, decimalSign: format.decimalSign, digits: 9 };
  return (
    <div className={s['till']}>
      <TopBar
        cashier={{ name: 'Jonas M.', detail: 'Shift since 07:58' }}
        clock="14:31"
        onLock={nothing}
        store="Harbour Street"
        sync={<SyncChip state="confirmed">412 of 412 confirmed</SyncChip>}
        till="Till 2"
      />
      <main className={s['work']}>
        <HiddenTitle>Pay</HiddenTitle>
        <div className={s['area']}>
          <Slate
            amount_minor={2485}
            detail={
              <>
                <p>
                  Total <AmountText amount_minor={3985} />
                </p>
                <p>
                  Paid <AmountText amount_minor={1500} />
                </p>
              </>
            }
            label="Still due"
            size="due"
            tone="owed"
          />
          <div className={s['payGrid']}>
            <div className={s['payColumn']}>
              <div className={s['entry']}>
                <span>Cash received</span>
                {reading.ok ? <AmountText amount_minor={reading.value} hasSign /> : <bdi>–</bdi>}
              </div>
              <NumPad
                extras={[
                  { id: '10', label: '+10', onPress: nothing },
                  { id: '20', label: '+20', onPress: nothing },
                ]}
                layout="money"
                onKey={(key) => setEntry((before) => typeKey(before, key, rules))}
              />
              <Slate amount_minor={515} detail="to give" label="Change" size="small" tone="give" />
            </div>
            <div className={s['payColumn']}>
              <div className={s['two']}>
                <Button align="spread" icon={Banknote} isSelected onPress={nothing} shortcut="cash">
                  Cash
                </Button>
                <Button align="spread" icon={CreditCard} onPress={nothing} shortcut="card">
                  Card
                </Button>
                <Button align="spread" icon={Gift} onPress={nothing}>
                  Gift card
                </Button>
                <Button align="spread" icon={Ellipsis} onPress={nothing}>
                  Other
                </Button>
                <Button align="spread" onPress={nothing} shortcut="exact" size="tender">
                  Exact
                </Button>
                <Button align="spread" onPress={nothing} shortcut="quick1" size="tender">
                  £25
                </Button>
                <Button align="spread" isSelected onPress={nothing} shortcut="quick2" size="tender">
                  £30
                </Button>
                <Button align="spread" onPress={nothing} shortcut="quick3" size="tender">
                  £40
                </Button>
              </div>
              <Button onPress={nothing} shortcut="confirm" shortcutInFields size="next" variant="primary">
                Take £30.00 cash
              </Button>
            </div>
          </div>
        </div>
        <section aria-label="Sale" className={`${s['sale'] ?? ''} ${s['pay'] ?? ''}`}>
          <Panel isFilling title="Totals">
            <SumList>
              <SumRow amount_minor={4348} label="Subtotal" />
              <SumRow amount_minor={-363} label="Discounts and promotions" />
              <SumRow amount_minor={562} label="VAT included" />
              <SumRow amount_minor={3985} isStrong label="Total" />
            </SumList>
          </Panel>
        </section>
      </main>
    </div>
  );
}
