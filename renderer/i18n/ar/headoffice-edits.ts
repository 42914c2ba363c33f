import type { headofficeEdits as source } from '../en/headoffice-edits.ts';
import type { TextsOf } from '../texts.ts';

export const headofficeEdits = {
  edits: {
    title: 'تغييرات من المتاجر',
    hint: 'يُبلَّغ كل متجر بما تقرر ومن قرّره.',
    product: 'الصنف',
    field: 'الحقل',
    shops: 'يريد المتجر',
    ours: 'هو هنا',
    who: 'غيّره',
    take: 'قيمة المتجر',
    keep: 'إبقاء قيمتنا',
    why: {
      stale: 'غُيّر هنا منذ ذلك',
      clash: 'يحمله صنف آخر',
      permission: 'لم يعد مسموحًا له',
      unknown: 'غير معروف هنا',
    },
    fields: {
      sku: 'الرمز',
      name: 'الاسم',
      unit: 'الوحدة',
      price_minor: 'السعر',
      category: 'الفئة',
      taxes: 'الضرائب',
      barcodes: 'الباركود',
      stocked: 'المخزون',
      active: 'الحالة',
    },
    values: {
      openPrice: 'سعر مفتوح',
      inUse: 'مستعمل',
      notInUse: 'غير مستعمل',
      counted: 'يُعدّ',
      notCounted: 'لا يُعدّ',
      nothing: 'لا شيء',
    },
  },
} satisfies TextsOf<typeof source>;
