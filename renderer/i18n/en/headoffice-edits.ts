/** What managers changed at tills and somebody at the head office has to decide about. */
export const headofficeEdits = {
  edits: {
    title: 'Changes from the shops',
    hint: 'Each shop is told what was decided, and by whom.',
    product: 'Product',
    field: 'Field',
    shops: 'The shop wants',
    ours: 'It is here',
    who: 'Changed by',
    take: 'Take the shop’s',
    keep: 'Keep ours',
    why: {
      stale: 'Changed here since',
      clash: 'Another product has it',
      permission: 'Not permitted any more',
      unknown: 'Not known here',
    },
    fields: {
      sku: 'SKU',
      name: 'Name',
      unit: 'Unit',
      price_minor: 'Price',
      category: 'Category',
      taxes: 'Taxes',
      barcodes: 'Barcodes',
      stocked: 'Stock',
      active: 'State',
    },
    values: {
      openPrice: 'open price',
      inUse: 'in use',
      notInUse: 'not in use',
      counted: 'counted',
      notCounted: 'not counted',
      nothing: 'none',
    },
  },
} as const;
