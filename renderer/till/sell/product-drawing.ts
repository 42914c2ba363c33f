import type { ProductIconName } from '../../ui/index.ts';

/**
 * Words in a product's name that one of the drawings shows. Only decoration, until products have pictures of their own:
 * the name always stands beside it, and a name in any other words has its category's drawing.
 */
const drawings: readonly (readonly [RegExp, ProductIconName])[] = [
  [/gift card|voucher|gutschein/iu, 'gift'],
  [/croissant|pain au/iu, 'croissant'],
  [/cookie|biscuit|shortbread|keks|plätzchen/iu, 'cookie'],
  [/\b(?:cake|brownie|tart|muffin|buns?|sponge)\b|kuchen|torte/iu, 'cake'],
  [/banan/iu, 'banana'],
  [/cherr|tomato|berr|kirsch|tomate|beere/iu, 'cherry'],
  [/lemons?,|limes?,|\borange|zitrone|clementine|grapefruit/iu, 'citrus'],
  [/carrot|karotte|möhre|parsnip/iu, 'carrot'],
  [/salad|leaves|lettuce|spinach|salat/iu, 'salad'],
  [/apple|pear|apfel|birne/iu, 'apple'],
  [/\beggs?\b|\beier\b/iu, 'egg'],
  [/coffee|latte|flat white|espresso|cappuccino|tea\b|kaffee|tee\b|mug|cup\b|tasse/iu, 'coffee'],
  [/water|wasser/iu, 'water'],
  [/wine|rioja|merlot|prosecco|chardonnay|ale\b|beer|cider|wein|bier/iu, 'wine'],
  [/pressé|juice|lemonade|cola|saft|soda/iu, 'soda'],
  [/milk|milch|oat drink|cream|yog/iu, 'milk'],
  [/mackerel|salmon|\bfish|tuna|\bcod\b|prawn|crab|fisch|lachs/iu, 'fish'],
  [/sandwich|wrap|ploughman|sub\b/iu, 'sandwich'],
  [/soup|suppe|stew/iu, 'soup'],
  [/almond|\bnuts?\b|walnut|cashew|mandel|nuss/iu, 'nut'],
  [/candle|kerze/iu, 'candle'],
  [/t-light|lamp|lantern|light holder/iu, 'lamp'],
  [/fudge|sweet|candy|chocolate|toffee|bonbon|schokolade/iu, 'candy'],
  [/bouquet|bunch|flower|tulip|rose\b|blume/iu, 'flower'],
  [/bag\b|tüte|carrier/iu, 'bag'],
  [/book|tide table|map\b|card\b|notebook|buch/iu, 'book'],
  [/\bham\b|bacon|salami|chorizo|sausage|schinken|wurst/iu, 'ham'],
];

/** The drawing for a product's tile; undefined for its category's own. */
export function drawingFor(name: string): ProductIconName | undefined {
  return drawings.find(([words]) => words.test(name))?.[1];
}
