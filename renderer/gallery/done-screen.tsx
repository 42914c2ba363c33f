import { Ban, CircleCheck, DoorOpen, HandCoins, Mail, Printer } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Button,
  Denomination,
  HiddenTitle,
  Receipt,
  ReceiptFoot,
  ReceiptHead,
  ReceiptQr,
  ReceiptRow,
  ReceiptRule,
  Slate,
  SyncChip,
  TopBar,
} from '../ui/index.ts';
import s from './gallery.module.css';

const nothing = (): void => undefined;

/** A receipt as the pictures have it. */
export function ExampleReceipt(): ReactNode {
  return (
    <Receipt>
      <ReceiptHead title="Harbour Street Store">
        <p>12 Harbour Street, Whitcombe</p>
        <p>VAT GB 123 4567 89</p>
      </ReceiptHead>
      <ReceiptRule />
      <ReceiptRow figure="3.95" mark="Z">
        Sourdough loaf, Seaside 800 g
      </ReceiptRow>
      <ReceiptRow figure="2.18" mark="Z">
        Vine tomatoes
      </ReceiptRow>
      <ReceiptRow isIndented>0.624 kg × 3.49</ReceiptRow>
      <ReceiptRow figure="15.30" mark="A">
        White hanging heart T-light
      </ReceiptRow>
      <ReceiptRow figure="−1.53" hasMarkRoom isIndented>
        6 × 2.55{'   '}line discount 10 %
      </ReceiptRow>
      <ReceiptRule />
      <ReceiptRow figure="39.85" isStrong>
        TOTAL GBP
      </ReceiptRow>
      <ReceiptRow figure="30.00">Cash</ReceiptRow>
      <ReceiptRow figure="5.15" isStrong>
        Change
      </ReceiptRow>
      <ReceiptRule />
      <ReceiptFoot qr={<ReceiptQr receiptNumber="HS2-A-004127" text="01985b2c-1f2e-7c55-8a51-3f6f1f6f2a10" />}>
        <p>HS2-A-004127</p>
        <p>20 Nov 2026 14:32</p>
        <p>Till 2, Jonas M.</p>
      </ReceiptFoot>
    </Receipt>
  );
}

/** A completed sale, put together as the till's screen is. */
export function DoneScreen(): ReactNode {
  return (
    <div className={s['till']}>
      <TopBar
        cashier={{ name: 'Jonas M.', detail: 'Shift since 07:58' }}
        clock="14:32"
        isTraining
        onLock={nothing}
        store="Harbour Street"
        sync={<SyncChip state="confirmed">413 of 413 confirmed</SyncChip>}
        till="Till 2"
      />
      <main className={s['work']}>
        <HiddenTitle>Done</HiddenTitle>
        <div className={s['area']}>
          <Slate
            amount_minor={515}
            detail="Cash 30.00 – due 24.85"
            icon={HandCoins}
            label="Change to give"
            size="change"
            tone="give"
          >
            <Denomination count={1} kind="note">
              £5
            </Denomination>
            <Denomination count={1} kind="coin">
              10p
            </Denomination>
            <Denomination count={1} kind="coin">
              5p
            </Denomination>
          </Slate>
          <div className={s['spread']}>
            <p className={s['flow']}>
              <CircleCheck aria-hidden="true" /> Sale HS2-A-004127 is saved on this till.
            </p>
            <p className={s['flow']}>
              <DoorOpen aria-hidden="true" /> Drawer is open
            </p>
          </div>
          <div className={s['three']}>
            <Button
              align="spread"
              detail="Printed. Press for a copy"
              icon={Printer}
              onPress={nothing}
              shortcut="print"
              size="next"
            >
              Print
            </Button>
            <Button align="spread" detail="Ask for the address" icon={Mail} onPress={nothing} size="next">
              E-mail
            </Button>
            <Button
              align="spread"
              detail="Kept for 24 months"
              icon={Ban}
              onPress={nothing}
              shortcut="noReceipt"
              size="next"
            >
              No receipt
            </Button>
          </div>
          <Button onPress={nothing} shortcut="confirm" size="next" variant="primary">
            Next customer
          </Button>
        </div>
        <section aria-label="Receipt" className={`${s['sale'] ?? ''} ${s['pay'] ?? ''}`}>
          <div className={s['paper']}>
            <ExampleReceipt />
          </div>
        </section>
      </main>
    </div>
  );
}
