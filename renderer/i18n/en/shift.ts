export const shift = {
  title: 'Shift',
} as const;
