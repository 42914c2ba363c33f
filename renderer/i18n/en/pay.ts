export const pay = {
  title: 'Pay',
} as const;
