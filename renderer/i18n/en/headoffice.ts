export const headoffice = {
  title: 'Head office',
} as const;
