/** What the stores of the example sell: its own making, names, prices and all. */
export interface ExampleProduct {
  readonly sku: string;
  readonly name: string;
  readonly unit: 'piece' | 'kg';
  /** What one costs, as somebody would type it. */
  readonly price: string;
  readonly category: string;
  /** The tax's letter: `A` is the standard rate, `Z` none. */
  readonly tax: 'A' | 'Z';
  readonly barcodes: readonly string[];
}

export const exampleTaxes = [
  { code: 'A', name: 'Standard rate', rate_millionths: 200_000 },
  { code: 'Z', name: 'Zero rate', rate_millionths: 0 },
] as const;

export const exampleCategories = [
  { name: 'Bakery', tint: 'bakery' },
  { name: 'Fruit and vegetables', tint: 'produce' },
  { name: 'Dairy', tint: 'dairy' },
  { name: 'Drinks', tint: 'drinks' },
  { name: 'Delicatessen', tint: 'deli' },
  { name: 'Home', tint: 'home' },
  { name: 'Gifts', tint: 'gifts' },
  { name: 'Pantry', tint: 'pantry' },
] as const;

const rows = `
BAK-01|Sourdough loaf, Seaside Bakery 800 g|piece|3.95|Bakery|Z|2000000000015
BAK-02|Cinnamon bun|piece|2.60|Bakery|Z|2000000000022
BAK-03|Rye crispbread, caraway 250 g|piece|2.85|Bakery|Z|2000000000039
PRO-01|Vine tomatoes|kg|3.49|Fruit and vegetables|Z|
PRO-02|Braeburn apples|kg|2.75|Fruit and vegetables|Z|
PRO-03|Clementines, loose|kg|3.20|Fruit and vegetables|Z|
DAI-01|Oat drink barista, unsweetened 1 l|piece|2.10|Dairy|A|2000000000046
DAI-02|Mature Cheddar, cave-aged|kg|14.80|Dairy|Z|
DAI-03|Cultured butter, sea salt 250 g|piece|3.30|Dairy|Z|2000000000053
DRI-01|Still spring water, glass 0.75 l|piece|1.20|Drinks|A|2000000000060
DRI-02|Rioja Crianza 75 cl|piece|9.75|Drinks|A|2000000000077
DRI-03|Elderflower pressé 75 cl|piece|3.40|Drinks|A|2000000000084
DEL-01|Almonds, loose|kg|14.20|Delicatessen|A|
DEL-02|Kalamata olives in oil 300 g|piece|4.60|Delicatessen|A|2000000000091
HOM-01|Ceramic mug, hand-glazed, ocean blue, 350 ml|piece|12.95|Home|A|2000000000107
HOM-02|Linen tea towel, herringbone|piece|8.50|Home|A|2000000000114
GIF-01|White hanging heart T-light holder|piece|2.55|Gifts|A|2000000000121
GIF-02|Birthday card, lighthouse|piece|2.95|Gifts|A|2000000000138
PAN-01|Olive oil, first pressing 500 ml|piece|11.40|Pantry|Z|2000000000145
PAN-02|Chopped tomatoes 400 g|piece|0.95|Pantry|Z|2000000000152`;

/** Twenty products; some of them weighed. */
export const exampleProducts: readonly ExampleProduct[] = rows
  .trim()
  .split('\n')
  .map((row) => {
    const [sku = '', name = '', unit = '', price = '', category = '', tax = '', barcode = ''] = row.split('|');
    return {
      sku,
      name,
      unit: unit === 'kg' ? 'kg' : 'piece',
      price,
      category,
      tax: tax === 'A' ? 'A' : 'Z',
      barcodes: barcode === '' ? [] : [barcode],
    };
  });

/** Numbers that look drawn and are the same in every run: a linear congruence, good enough for shopping. */
export class Draw {
  #state: number;
  constructor(seed: number) {
    this.#state = seed;
  }
  /** A whole number from 0 to `below` − 1. */
  below(below: number): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.#state / 4_294_967_296) * below);
  }
  of<Value>(values: readonly Value[]): Value {
    const value = values[this.below(values.length)];
    if (value === undefined) throw new RangeError('nothing to draw from');
    return value;
  }
}
