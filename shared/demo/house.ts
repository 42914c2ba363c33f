/**
 * Home and gifts. Standard-rated, but for books, maps and children's clothes (0 %) and fuel for a fire at home, kindling
 * included (5 %). A gift card is paid for before anybody knows what it will buy: outside the scope of VAT.
 */
import { type Good, type Shelf, demoId } from './goods.ts';

const home: readonly Good[] = [
  [701, 'White hanging heart T-light holder', 255, 'A'],
  [702, 'Beeswax candle, hand-poured, 40 h burn, fig leaf & sea moss', 1600, 'A'],
  [703, 'Ceramic mug, hand-glazed', 1295, 'A'],
  [704, 'Ceramic mug, ocean blue', 1295, 'A'],
  [705, 'Linen tea towel, herring', 950, 'A'],
  [706, 'Cotton apron, stripe', 2450, 'A'],
  [707, 'Enamel jug 1 l', 1850, 'A'],
  [708, 'Serving board, oak', 3200, 'A'],
  [709, 'Glass tumbler, recycled', 695, 'A'],
  [710, 'Pillar candle, ivory', 850, 'A'],
  [711, 'Tapered candles, 4', 720, 'A'],
  [712, 'Matches, long', 395, 'A'],
  [713, 'Kiln-dried logs, net', 895, 'R'],
  [714, 'Kindling, bundle', 495, 'R'],
  [715, 'Firelighters, natural, 32', 425, 'R'],
  [716, 'Smokeless fuel briquettes 10 kg', 1150, 'R'],
  [717, 'Washing-up liquid, lemon 500 ml', 345, 'A'],
  [718, 'Beeswax food wraps, 3', 1250, 'A'],
  [719, 'Dish brush, beech', 495, 'A'],
  [720, 'Wool throw, slate', 5800, 'A'],
  [721, 'Cushion, block print', 2950, 'A'],
  [722, 'Soy wax melts, sea salt', 595, 'A'],
  [723, 'Doormat, coir', 2250, 'A'],
  [724, 'Storm lantern, tin', 2650, 'A'],
  [725, 'Carrier bag, paper', 15, 'A'],
  [726, 'Cotton shopper, Harbour Street', 650, 'A'],
];

const gifts: readonly Good[] = [
  [801, 'Seasonal bunch, small', 750, 'A', 'made'],
  [802, 'Gift card', null, null, 'made'],
  [803, 'Tide tables 2027, Harbour edition', 695, 'Z'],
  [804, 'Sea-salt fudge, bag 150 g', 360, 'A'],
  [805, 'Flowers, made to order', null, 'A', 'made'],
  [806, 'Greeting card, lino print', 325, 'A'],
  [807, 'Postcard, lighthouse', 95, 'A'],
  [808, 'Wrapping paper, sheet', 225, 'A'],
  [809, 'Ribbon, cotton 3 m', 285, 'A'],
  [810, 'Walker’s map, estuary & cliffs', 995, 'Z'],
  [811, 'Cookbook, From the Harbour', 2200, 'Z'],
  [812, 'Picture book, The Gull Who Would Not Fly', 799, 'Z'],
  [813, 'Notebook, dotted A5', 1150, 'A'],
  [814, 'Pencil set, 6', 650, 'A'],
  [815, 'Wooden fishing boat', 1895, 'A'],
  [816, 'Soft toy, seal', 1650, 'A'],
  [817, 'Jigsaw, harbour at dawn, 500 pieces', 1495, 'A'],
  [818, 'Baby’s sun hat, stripe', 1150, 'Z'],
  [819, 'Child’s fisherman jumper, 3 to 4 years', 3400, 'Z'],
  [820, 'Wool socks, cable', 1450, 'A'],
  [821, 'Soap bar, oat & honey', 495, 'A'],
  [822, 'Hand cream, rosehip 75 ml', 1095, 'A'],
  [823, 'Chocolate truffles, 12', 1250, 'A'],
  [824, 'Keyring, brass anchor', 595, 'A'],
  [825, 'Print, Harbour Street A4, framed', 4500, 'A'],
];

export const houseShelves: readonly Shelf[] = [
  {
    letters: 'HOM',
    category: { category: demoId('category', 7), name: 'Home', tint: 'home', position: 6, active: true },
    goods: home,
  },
  {
    letters: 'GIF',
    category: { category: demoId('category', 8), name: 'Gifts', tint: 'gifts', position: 7, active: true },
    goods: gifts,
  },
];
