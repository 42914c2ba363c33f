import type { ProductIconName, Tint } from '../ui/index.ts';

/** A product of the examples; what the pictures show. */
export interface Example {
  readonly name: string;
  readonly price_minor: number | null;
  readonly note?: string;
  readonly tint: Tint;
  readonly icon: ProductIconName;
  readonly inBasket_milli?: number;
}

export const english: readonly Example[] = [
  { name: 'Butter croissant', price_minor: 165, tint: 'bakery', icon: 'croissant' },
  { name: 'Sourdough loaf, Seaside 800 g', price_minor: 395, tint: 'bakery', icon: 'wheat', inBasket_milli: 1000 },
  { name: 'Bananas, fair trade', price_minor: 110, note: '/ kg', tint: 'produce', icon: 'banana' },
  { name: 'Vine tomatoes', price_minor: 349, note: '/ kg', tint: 'produce', icon: 'cherry', inBasket_milli: 624 },
  { name: 'Lemons, unwaxed', price_minor: 45, note: 'each', tint: 'produce', icon: 'citrus' },
  { name: 'Oat drink barista, unsweetened 1 l', price_minor: 210, tint: 'dairy', icon: 'milk', inBasket_milli: 3000 },
  { name: 'Free-range eggs, large, 6', price_minor: 235, tint: 'dairy', icon: 'egg' },
  { name: 'Flat white, take-away', price_minor: 320, tint: 'drinks', icon: 'coffee' },
  { name: 'Still spring water, glass 0.75 l', price_minor: 120, tint: 'drinks', icon: 'water', inBasket_milli: 2000 },
  { name: 'Rioja Crianza 75 cl', price_minor: 975, note: '18+', tint: 'drinks', icon: 'wine' },
  { name: 'Cooked ham, sliced', price_minor: 1890, note: '/ kg', tint: 'deli', icon: 'ham' },
  { name: 'Smoked mackerel fillet', price_minor: 425, tint: 'deli', icon: 'fish' },
  { name: 'White hanging heart T-light holder', price_minor: 255, tint: 'home', icon: 'lamp', inBasket_milli: 6000 },
  {
    name: 'Ceramic mug, hand-glazed 350 ml',
    price_minor: 1295,
    note: '3 colours',
    tint: 'home',
    icon: 'coffee',
    inBasket_milli: 1000,
  },
  { name: 'Gift card', price_minor: null, tint: 'gifts', icon: 'gift' },
  { name: 'Carrier bag, paper', price_minor: 15, tint: 'gifts', icon: 'bag' },
];

export const more: readonly Example[] = [
  { name: 'Oat & cranberry cookie', price_minor: 140, tint: 'bakery', icon: 'cookie' },
  { name: 'Carrot cake, slice', price_minor: 310, tint: 'bakery', icon: 'cake' },
  { name: 'Carrots, bunched, with tops', price_minor: 185, tint: 'produce', icon: 'carrot' },
  { name: 'Mixed leaves, washed 120 g', price_minor: 195, tint: 'produce', icon: 'salad' },
  { name: 'Braeburn apples, Kent', price_minor: 275, note: '/ kg', tint: 'produce', icon: 'apple' },
  { name: 'Elderflower pressé 330 ml', price_minor: 220, tint: 'drinks', icon: 'soda' },
  { name: 'Ploughman’s sandwich', price_minor: 480, tint: 'deli', icon: 'sandwich' },
  { name: 'Butter beans in water, jar 570 g', price_minor: 330, tint: 'pantry', icon: 'beans' },
  { name: 'Almonds, loose', price_minor: 1420, note: '/ kg', tint: 'pantry', icon: 'nut' },
  { name: 'Beeswax candle, hand-poured, 40 h', price_minor: 1600, note: '4 scents', tint: 'home', icon: 'candle' },
  { name: 'Seasonal bunch, small', price_minor: 750, tint: 'gifts', icon: 'flower' },
  { name: 'Tide tables 2027, Harbour edition', price_minor: 695, tint: 'gifts', icon: 'book' },
  { name: 'Sea-salt fudge, bag 150 g', price_minor: 360, tint: 'gifts', icon: 'candy' },
  { name: 'Lentil & harissa soup 600 g', price_minor: 375, tint: 'pantry', icon: 'soup' },
];

export const arabic: readonly Example[] = [
  { name: 'خبز عربي أسمر، 6 أرغفة', price_minor: 450, tint: 'bakery', icon: 'wheat', inBasket_milli: 1000 },
  { name: 'طماطم عنقودية', price_minor: 990, note: '/ كغ', tint: 'produce', icon: 'cherry', inBasket_milli: 1000 },
  { name: 'موز', price_minor: 600, note: '/ كغ', tint: 'produce', icon: 'banana' },
  { name: 'حليب طازج كامل الدسم 1 لتر', price_minor: 550, tint: 'dairy', icon: 'milk', inBasket_milli: 2000 },
  { name: 'بيض بلدي، 12 حبة', price_minor: 1150, tint: 'dairy', icon: 'egg' },
  { name: 'ماء ينابيع، زجاج 0.75 ل', price_minor: 350, tint: 'drinks', icon: 'water', inBasket_milli: 6000 },
  { name: 'قهوة عربية بالهيل 250 غ', price_minor: 2750, tint: 'drinks', icon: 'coffee' },
  { name: 'تمر خلاص فاخر 500 غ', price_minor: 3250, tint: 'pantry', icon: 'nut', inBasket_milli: 1000 },
  { name: 'تبولة طازجة', price_minor: 3900, note: '/ كغ', tint: 'deli', icon: 'salad' },
  { name: 'فنجان مزجّج يدويًا', price_minor: 4250, note: '3 ألوان', tint: 'home', icon: 'coffee', inBasket_milli: 1000 },
  { name: 'بطاقة هدية', price_minor: null, tint: 'gifts', icon: 'gift' },
  { name: 'كيس ورقي', price_minor: 50, tint: 'home', icon: 'bag' },
];
