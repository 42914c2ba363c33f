import type { support as source } from '../en/support.ts';
import type { TextsOf } from '../texts.ts';

export const support = {
  title: 'Für den Support',
  whatTitle: 'Was gesammelt wird',
  inIt: 'Versionen, Protokolle darüber, was bei welchem Vorgang geschah, der Stand des Journals und des Abgleichs, wie viele Zeilen jede Tabelle hat, und Prüfungen der Datei.',
  leftOut:
    'Nicht dabei: Namen von Personal und Kundschaft, PINs und Passwörter, Schlüssel und Codes, Name und Anschrift des Ladens und alles, was jemand eingetippt hat.',
  collecting: 'Wird gesammelt. Verkauft werden kann weiter.',
  failed: 'Es konnte nicht gesammelt werden',
  saleTitle: 'Wenn es um einen Verkauf geht',
  receipt: 'Belegnummer',
  saleHint: 'Nimmt den Eintrag dieses Verkaufs dazu, ohne Namen und ohne eingetippte Gründe.',
  again: 'Erneut sammeln',
  noSale: 'Auf dieser Kasse gibt es keinen Verkauf mit dieser Belegnummer',
  filesTitle: 'Die Dateien: vor dem Speichern ansehen',
  size: '{{size}} KiB',
  save: 'Als Datei speichern',
  saved: 'Die Datei ist gespeichert',
  savedHint: 'Senden Sie sie an den Support. Von selbst wurde nichts gesendet.',
  notSaved: 'Die Datei konnte nicht gespeichert werden',
  notSavedHint: 'Prüfen, ob der Datenträger voll ist, dann erneut speichern.',
  forSupport: 'Support',
  fault: 'Störung {{incident}}',
  faultHint: 'Verkauftes ist gespeichert.',
  broken: 'Diese Ansicht kann nicht gezeigt werden',
  brokenHint: 'Was abgeschlossen war, ist gespeichert, auch der offene Korb. Die Ansichten erneut öffnen.',
  call: 'Wenn es so bleibt, mit der Störungsnummer {{incident}} anrufen.',
  reload: 'Erneut öffnen',
  noSaleAtOffice: 'Keine Filiale hat einen Verkauf mit dieser Belegnummer gesendet',
  inItAtOffice:
    'Versionen, jede Kasse mit ihren Ständen, die Verteilung, was beiseitegelegt wurde, wie groß jede Tabelle ist, Prüfungen der neuesten Einträge und das Protokoll des Servers, wo er eines schreibt.',
  leftOutAtOffice:
    'Nicht dabei: Namen von Personen, Filialen und Kassen, Passwörter, Token und Codes, Adressen und alles, was jemand eingetippt hat.',
  collectingAtOffice: 'Wird gesammelt.',
} satisfies TextsOf<typeof source>;
