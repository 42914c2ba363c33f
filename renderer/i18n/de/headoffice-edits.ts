import type { headofficeEdits as source } from '../en/headoffice-edits.ts';
import type { TextsOf } from '../texts.ts';

export const headofficeEdits = {
  edits: {
    title: 'Änderungen aus den Filialen',
    hint: 'Jede Filiale erfährt, was entschieden wurde und von wem.',
    product: 'Artikel',
    field: 'Feld',
    shops: 'Die Filiale möchte',
    ours: 'Hier steht',
    who: 'Geändert von',
    take: 'Wert der Filiale',
    keep: 'Unseren behalten',
    why: {
      stale: 'Inzwischen hier geändert',
      clash: 'Ein anderer Artikel hat das',
      permission: 'Nicht mehr erlaubt',
      unknown: 'Hier nicht bekannt',
    },
    fields: {
      sku: 'Artikelnummer',
      name: 'Name',
      unit: 'Einheit',
      price_minor: 'Preis',
      category: 'Warengruppe',
      taxes: 'Steuern',
      barcodes: 'Barcodes',
      stocked: 'Bestand',
      active: 'Stand',
    },
    values: {
      openPrice: 'offener Preis',
      inUse: 'verwendet',
      notInUse: 'nicht verwendet',
      counted: 'gezählt',
      notCounted: 'nicht gezählt',
      nothing: 'nichts',
    },
  },
} satisfies TextsOf<typeof source>;
