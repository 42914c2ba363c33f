/** Goods that the example's stores sent one another on the day that it shows. */
import { v7 } from 'uuid';
import type { MovementId, StoreId, TransferId } from '../../../shared/ids.ts';
import type { ExampleTill, Moment, Sellable } from './till.ts';

interface Counter {
  readonly till: ExampleTill;
  readonly moment: Moment;
}

type Quantities = readonly (readonly [sku: string, quantity_milli: number])[];

const hour_ms = 3_600_000;

/**
 * One that came whole in two deliveries, one that came short after a receipt was corrected, one of which a part is still to
 * come, one that just left, and one that never did.
 */
export async function sendGoods(
  counters: readonly Counter[],
  stores: readonly StoreId[],
  goods: readonly Sellable[],
): Promise<void> {
  const at = (code: string): Counter => {
    const found = counters.find(({ till }) => till.options.code === code);
    if (found === undefined) throw new Error(`no till is called ${code}`);
    return found;
  };
  const [harbour, market, , kiosk] = stores;
  if (harbour === undefined || market === undefined || kiosk === undefined) throw new Error('four stores are wanted');
  const linesOf = (quantities: Quantities) =>
    quantities.map(([wanted, quantity_milli]) => {
      const found = goods.find(({ sku }) => sku === wanted);
      if (found === undefined) throw new Error(`nothing is called ${wanted}`);
      const { name, product, sku, unit } = found;
      return { product, sku, name, unit, quantity_milli };
    });
  const later = ({ moment }: Counter, hours: number): Moment => ({ ...moment, at: moment.at - (5 - hours) * hour_ms });
  const send = (from: Counter, to_store: StoreId, n: number, quantities: Quantities, hours = 0) => {
    const named = { transfer: v7() as TransferId, number: `${from.till.options.code}-A-T${String(n)}` };
    from.till.append('stock.sent', { ...named, to_store, lines: linesOf(quantities) }, later(from, hours));
    return named;
  };
  const receive = (to: Counter, number: string, quantities: Quantities, hours: number, awaits_more = false) => {
    const receipt = v7() as MovementId;
    to.till.append('stock.received', { receipt, number, lines: linesOf(quantities), awaits_more }, later(to, hours));
  };

  const [quay, street, stalls, booth] = [at('QU1'), at('HS1'), at('OM1'), at('KI1')];
  const loaded: Quantities = [
    ['HOM-01', 24_000],
    ['PRO-02', 12_500],
    ['PAN-01', 36_000],
  ];
  const whole = send(quay, harbour, 1, loaded);
  const short = send(quay, market, 2, [
    ['DRI-02', 48_000],
    ['DRI-03', 24_000],
    ['DEL-01', 5_250],
  ]);
  const part = send(quay, kiosk, 3, [
    ['DRI-01', 96_000],
    ['GIF-02', 40_000],
  ]);
  send(street, market, 1, [['HOM-02', 10_000]], 4.5);
  const never = send(stalls, harbour, 1, [['BAK-03', 20_000]], 1);
  const back = { ...never, lines: linesOf([['BAK-03', 20_000]]) };
  stalls.till.append('stock.transfer_cancelled', back, later(stalls, 1.2));
  await quay.till.sync();

  receive(street, whole.number, loaded.slice(0, 2), 1.5, true);
  receive(street, whole.number, loaded.slice(2), 3);
  receive(
    stalls,
    short.number,
    [
      ['DRI-02', 84_000],
      ['DRI-03', 24_000],
      ['DEL-01', 5_250],
    ],
    2,
  );
  const wrong = linesOf([['DRI-02', -38_000]]);
  stalls.till.append(
    'stock.receipt_corrected',
    { correction: v7() as MovementId, number: short.number, reason: 'Mistyped', lines: wrong },
    later(stalls, 2.1),
  );
  receive(booth, part.number, [['DRI-01', 48_000]], 2.5, true);
  for (const { till } of [street, stalls, booth]) await till.sync();
}
