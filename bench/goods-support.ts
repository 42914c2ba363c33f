/** Products by the hundred thousand, the same at every run. */
import { completeGtin } from '../shared/product/gtin.ts';

export interface Goods {
  readonly gtin: string;
  readonly name: string;
  readonly price_minor: number | null;
}

const makers =
  `Alder Amber Anchor Ash Bay Beacon Birch Bramble Brook Cedar Chapel Cliff Clover Coral Crown Dale Dawn Delta
  Dover Dune Eagle Echo Elm Ember Fern Field Flint Forge Fox Frost Gable Garnet Glen Grove Gull Harbour Haven Hazel Heath
  Heron Hill Holly Iris Ivy Jade Juniper Kestrel Kiln Lake Larch Laurel Leaf Lime Linden Lodge Lotus Maple Marsh Meadow
  Mill Mint Moor Moss Nettle North Oak Ocean Olive Orchard Otter Owl Park Pearl Pebble Pine Plum Pond Poppy Quay Quill
  Raven Reed Ridge River Robin Rose Rowan Sage Salt Shore Silver Spring Stone Summit Swan Thistle Thorn Tide Vale Violet
  Walnut Water Willow Wren Yarrow`.split(/\s+/);
const kinds = `Organic Fresh Smoked Roasted Salted Unsalted Dark White Green Red Golden Wild Sweet Sour Spicy Mild Extra
  Light Dried Crushed Sliced Whole Ground Creamy Crunchy Soft Baby Giant Mini Classic Müsli Crème Gluten-free Vegan`.split(
  /\s+/,
);
const things =
  `Almonds Apples Apricots Bagels Bananas Barley Basil Beans Beetroot Biscuits Blackberries Bread Brie Broccoli
  Butter Cabbage Cake Carrots Cashews Cauliflower Celery Cereal Cheddar Cheese Cherries Chickpeas Chives Chocolate
  Chutney Cider Cinnamon Coconut Cod Coffee Cola Cookies Coriander Couscous Crackers Cream Cucumber Curry Dates Dill
  Doughnuts Eggs Fennel Figs Flour Garlic Ginger Gouda Granola Grapes Gravy Haddock Ham Hazelnuts Honey Houmous Jam
  Juice Kale Ketchup Kiwi Lasagne Leeks Lemonade Lemons Lentils Lettuce Mackerel Mangoes Margarine Marmalade Mayonnaise
  Milk Muffins Mushrooms Mussels Mustard Noodles Nutmeg Oats Oil Olives Onions Oranges Oregano Pancakes Paprika Parsley
  Pasta Peaches Peanuts Pears Peas Pecans Peppers Pesto Pickles Pizza Plums Popcorn Porridge Potatoes Prawns Prunes
  Pumpkin Quinoa Radishes Raisins Raspberries Rhubarb Rice Rolls Rosemary Saffron Salad Salmon Salsa Sardines Sausages
  Scones Seeds Shortbread Soap Soup Spaghetti Spinach Squash Strawberries Sugar Sultanas Tea Thyme Tofu Tomatoes Trout
  Tuna Turkey Turmeric Vanilla Vinegar Waffles Walnuts Water Yeast Yoghurt`.split(/\s+/);
const sizes = [
  '100 g',
  '150 g',
  '200 g',
  '250 g',
  '400 g',
  '500 g',
  '750 ml',
  '1 kg',
  '1 l',
  '2 l',
  '6 pack',
  '12 pack',
];

/** Goods with names made from word lists. */
export function madeGoods(count: number): Goods[] {
  const random = numbers(3);
  const of = (words: readonly string[]) => words[Math.floor(random() * words.length)] ?? '';
  return Array.from({ length: count }, (_, i) => ({
    gtin: completeGtin(`50${String(i).padStart(10, '0')}`),
    name: `${of(makers)} ${of(makers)} ${of(kinds)} ${of(things)} ${of(sizes)}`,
    price_minor: 50 + Math.floor(random() * 2000),
  }));
}

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b_79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
