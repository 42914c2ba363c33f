export const staff = {
  title: 'Staff',
} as const;
