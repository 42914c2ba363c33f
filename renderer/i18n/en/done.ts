export const done = {
  title: 'Done',
} as const;
