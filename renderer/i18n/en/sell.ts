export const sell = {
  title: 'Sell',
} as const;
