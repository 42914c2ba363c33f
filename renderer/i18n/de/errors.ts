import type { errors as source } from '../en/errors.ts';
import type { TextsOf } from '../texts.ts';

export const errors = {
  unknown: 'Das hat nicht geklappt. Bitte nochmals versuchen oder mit der Störungsnummer {{incident}} anrufen.',
  unknownWithoutIncident: 'Das hat nicht geklappt. Bitte nochmals versuchen.',
  operation: {
    unknown: 'Diese Kasse kennt die Aktion nicht. Evertill aktualisieren, dann nochmals versuchen.',
  },
  input: {
    malformed: 'Etwas in diesem Formular stimmt nicht. Nichts wurde gespeichert. Bitte die markierten Felder prüfen.',
  },
  session: {
    required: 'Bitte zuerst anmelden. Der Korb ist gespeichert.',
    ended: 'Die Sitzung ist beendet. Der Korb ist gespeichert. Bitte neu anmelden.',
    credential_wrong: 'Name, PIN oder Passwort ist falsch. Bitte nochmals versuchen.',
    locked_out: 'Zu viele Versuche. Kurz warten oder die Leitung fragen.',
  },
  permission: {
    missing: 'Dafür fehlt die Berechtigung. Nichts wurde geändert. Bitte die Leitung fragen.',
  },
  command: {
    required: 'Die Kasse hat das nicht angenommen. Nichts wurde geändert. Bitte nochmals versuchen.',
    conflict:
      'Das wurde schon mit anderen Werten gesendet. Nichts wurde doppelt getan. Bitte zuerst das Ergebnis ansehen.',
    already_recorded: 'Das ist schon gebucht. Es wurde nicht doppelt getan. Einfach weitermachen.',
  },
  approval: {
    invalid: 'Die Freigabe wurde nicht angenommen. Nichts wurde geändert. Bitte nochmals freigeben lassen.',
  },
  connection: {
    lost: 'Der Bildschirm hat die Kasse verloren. Abgeschlossenes ist gespeichert. Die Verbindung kommt von selbst wieder.',
  },
  password: {
    too_long: 'Das Passwort ist zu lang: höchstens 72 Bytes. Nicht gespeichert.',
    too_short: 'Das Passwort ist zu kurz. Nicht gespeichert. Bitte ein längeres wählen.',
  },
  pin: {
    malformed: 'Eine PIN hat vier bis acht Ziffern. Nicht gespeichert.',
  },
  setup: {
    already_done: 'Diese Kasse ist schon eingerichtet. Nichts wurde geändert.',
    not_done: 'Diese Kasse ist noch nicht eingerichtet. Bitte zuerst einrichten.',
  },
  enrolment: {
    code_malformed: 'Das ist kein Anmeldecode für Kassen. Bitte genau so eingeben, wie er gegeben wurde.',
    code_refused:
      'Die Zentrale hat den Code nicht angenommen. Er ist vielleicht benutzt oder zu alt. Bitte einen neuen anfordern.',
    unreachable: 'Die Zentrale ist nicht erreichbar. Nichts wurde geändert. Netz prüfen, dann nochmals versuchen.',
    other_kind:
      'Dieser Code ist für etwas anderes: Es gibt einen für eine leere Kasse und einen für einen Laden, der schon verkauft. Nichts wurde geändert. Bitte bei der Zentrale den richtigen anfordern.',
    demo: 'Der Demo-Laden kann sich nie einer Zentrale anschließen. Nichts wurde geändert.',
    already_joined: 'Diese Kasse ist ihrer Zentrale schon angeschlossen. Nichts wurde geändert.',
    currency_differs:
      'Die Zentrale führt ihre Preise in {{currency}}, dieser Laden verkauft in einer anderen Währung. Nichts wurde geändert. Er kann sich dieser Zentrale nicht anschließen.',
    shop_known:
      'Die Zentrale kennt diesen Laden schon. Nichts wurde geändert. Für einen neuen PC einer Kasse bitte einen Code zum Übernehmen anfordern.',
    till_code_taken:
      'Eine andere Kasse der Zentrale hat schon das Kürzel {{till_code}}. Nichts wurde geändert. Bitte für diese Kasse ein anderes wählen.',
    till_inactive:
      'Diese Kasse ist in der Zentrale außer Betrieb. Nichts wurde geändert. Sie muss dort erst wieder in Betrieb genommen werden.',
  },
  leave: {
    basket_open: 'Ein Korb ist noch offen. Nichts wurde geändert. Ihn erst verkaufen oder stornieren.',
    shift_open: 'Eine Schicht ist noch offen. Nichts wurde geändert. Erst die Lade zählen und die Schicht schließen.',
    stock_take_open: 'Eine Inventur ist noch offen. Nichts wurde geändert. Sie erst buchen oder verwerfen.',
    unconfirmed:
      'Die Zentrale hat noch nicht alles von dieser Kasse bestätigt, {{waiting}} warten. Nichts wurde geändert. Die Kasse verbinden, auf der Seite Zentrale „Jetzt versuchen“ drücken und warten, bis alles bestätigt ist.',
    name_wrong: 'Das ist nicht der Name des Ladens. Nichts wurde geändert. Ihn so eingeben, wie er oben steht.',
  },
  zone: {
    unknown: 'Diese Zeitzone ist unbekannt. Nicht gespeichert. Bitte eine aus der Liste wählen.',
  },
  currency: {
    unknown: 'Diese Währung ist unbekannt. Nicht gespeichert. Bitte eine aus der Liste wählen.',
  },
  catalogue: {
    read_only: 'Die Zentrale führt den Artikelstamm dieses Ladens. Nichts wurde geändert. Bitte die Zentrale fragen.',
  },
  record: {
    not_found: 'Dieser Eintrag ist nicht mehr da. Nichts wurde geändert. Bitte die Liste neu ansehen.',
    changed:
      'Inzwischen hat das jemand geändert. Nichts wurde gespeichert. Neue Werte ansehen, dann nochmals speichern.',
    inactive: 'Das ist nicht mehr aktiv. Nichts wurde hinzugefügt.',
  },
  money: {
    malformed: 'Das ist kein Betrag. Nicht gespeichert.',
    too_fine: 'Der Betrag hat mehr Nachkommastellen als die Währung. Nicht gespeichert.',
    too_large: 'Der Betrag ist zu groß. Nicht gespeichert.',
    negative: 'Ein Betrag unter null ist hier nicht möglich. Nicht gespeichert.',
  },
  quantity: {
    malformed: 'Das ist keine Menge. Nichts wurde geändert.',
    zero: 'Die Menge ist null. Nichts wurde geändert.',
    too_large: 'Die Menge ist zu groß. Nichts wurde geändert.',
    not_whole: 'Dieser Artikel wird stückweise verkauft. Nichts wurde geändert. Bitte eine ganze Zahl eingeben.',
  },
  product: {
    not_stocked: 'Für „{{name}}“ wird kein Bestand geführt. Nichts wurde gezählt.',
    sku_taken: 'Ein anderer Artikel hat diese Artikelnummer. Nicht gespeichert. Bitte eine andere wählen.',
    barcode_taken: 'Der Barcode {{barcode}} gehört zu {{name}}, Artikelnummer {{sku}}. Nicht gespeichert.',
    barcode_twice: 'Der Barcode {{barcode}} steht zweimal da. Nicht gespeichert. Bitte einen entfernen.',
    barcode_malformed: 'Dieser Barcode stimmt nicht: Die Prüfziffer passt nicht. Nicht gespeichert. Bitte neu scannen.',
    no_price: 'Dieser Artikel hat keinen Preis. Nichts wurde hinzugefügt. Preis eingeben oder die Leitung fragen.',
  },
  barcode: {
    unknown: 'Unbekannter Barcode. Nichts wurde hinzugefügt. Einfach weiterscannen.',
  },
  tax: {
    code_taken:
      'Die Steuer {{name}} druckt schon den Buchstaben {{code}}. Nicht gespeichert. Bitte einen anderen wählen.',
  },
  basket: {
    empty: 'Der Korb ist leer. Bitte zuerst einen Artikel scannen.',
    changed: 'Der Korb hat sich inzwischen geändert. Er ist gespeichert. Bitte ansehen, dann weitermachen.',
    total_changed:
      'Die Summe hat sich geändert. Der Verkauf ist nicht abgeschlossen. Neue Summe ansehen, dann nochmals bezahlen.',
    underpaid: 'Es ist noch nicht genug bezahlt. Der Verkauf ist nicht abgeschlossen. Bitte zuerst den Rest nehmen.',
    has_tenders: 'Es ist schon etwas bezahlt. Vor Änderungen am Korb die Zahlung entfernen.',
    too_long: 'Der Korb ist voll. Nichts wurde hinzugefügt. Diesen Verkauf abschließen, dann einen neuen beginnen.',
    already_completed:
      'Dieser Verkauf ist schon gebucht. Er wurde nicht doppelt gebucht. Weiter mit dem nächsten Kunden.',
  },
  line: {
    not_found: 'Diese Zeile ist nicht mehr im Korb. Nichts wurde geändert.',
  },
  discount: {
    too_large: 'Der Rabatt ist größer als der Preis. Nichts wurde geändert.',
  },
  tender: {
    not_in_cash_steps:
      'Dieser Betrag lässt sich bar nicht zahlen: Die kleinste Münze ist größer. Nichts wurde genommen. Bitte wie angezeigt runden.',
    not_needed: 'Es ist nichts mehr zu zahlen. Nichts wurde genommen.',
    exceeds_due: 'Das ist mehr als offen ist. Nichts wurde genommen. Rückgeld gibt es nur auf Bargeld.',
    not_found: 'Diese Zahlung ist nicht mehr da. Nichts wurde geändert.',
    change_too_large: 'Das ist weit mehr, als offen ist. Nichts wurde genommen. Bitte den Betrag prüfen.',
  },
  shift: {
    not_open: 'Keine Schicht ist offen. Bitte zuerst eine öffnen.',
    already_open: 'Es ist schon eine Schicht offen. Nichts wurde geändert.',
    difference: 'Die Zählung weicht ab. Die Schicht ist noch offen. Nochmals zählen oder einen Grund angeben.',
    date_far:
      'Der Geschäftstag liegt weit vom letzten entfernt. Nichts wurde geöffnet. Datum des PCs prüfen oder bestätigen.',
    basket_open: 'Ein Korb ist noch offen. Die Schicht ist noch offen. Korb zuerst abschließen oder stornieren.',
  },
  drawer: {
    not_enough: 'So viel Bargeld dürfte nicht in der Kasse sein. Nichts wurde entnommen. Bitte den Betrag prüfen.',
  },
  refund: {
    too_much: 'So viel ist nicht mehr zurückzugeben. Noch wurde nichts zurückgegeben.',
    nothing: 'Es ist nichts zur Rückgabe gewählt. Bitte zuerst eine Zeile wählen.',
  },
  stock_take: {
    not_open: 'Diese Inventur ist nicht offen. Nichts wurde gezählt. Die Liste der Inventuren zeigt mehr.',
    already_open: 'Eine Inventur ist schon offen. Zuerst abschließen oder verwerfen.',
    not_in_scope: '„{{name}}“ gehört nicht zu dieser Inventur. Nichts wurde gezählt.',
    empty: 'Noch wurde nichts gezählt. Die Inventur ist weiter offen.',
  },
  transfer: {
    no_other_store: 'Diese Kasse kennt keinen anderen Laden der Firma. Nichts wurde gesendet.',
    number_malformed: 'Das ist keine Nummer einer Umlagerung. Sie sieht aus wie HS2-A-T12.',
    already_received: 'Diese Umlagerung wurde schon empfangen. Nichts wurde hinzugefügt.',
    sent_here:
      'Diese Umlagerung hat dieser Laden selbst gesendet. Nichts wurde hinzugefügt. Ging die Ware nie los, bitte die Umlagerung stornieren.',
    own_number:
      '{{number}} ist eine Nummer der eigenen Kassen dieses Ladens, die Ware kam aber von einem anderen. Nichts wurde hinzugefügt. Bitte noch einmal auf das Papier schauen.',
    not_to_cancel: 'Diese Umlagerung lässt sich hier nicht mehr stornieren. Nichts wurde geändert.',
    nothing_to_correct: 'Genau das hat diese Kasse schon eingetragen. Nichts wurde geändert.',
  },
  staff: {
    login_taken: 'Diesen Anmeldenamen hat schon jemand. Nicht gespeichert. Bitte einen anderen wählen.',
    last_manager: 'Das ist die letzte Leitung. Nichts wurde geändert. Bitte zuerst jemand anderem die Leitung geben.',
  },
  storage: {
    full: 'Der Speicher dieses PCs ist voll. Nichts wurde gespeichert. Platz schaffen, dann nochmals versuchen.',
    busy: 'Die Zentrale nimmt gerade auf, was Kassen senden. Nichts wurde geändert. Gleich nochmals versuchen.',
  },
  rate: {
    limited: 'Zu viele Versuche. Eine Minute warten, dann nochmals versuchen.',
  },
  headoffice: {
    unreachable: 'Die Zentrale ist nicht erreichbar. Der Verkauf geht weiter, Verkäufe sind hier gespeichert.',
  },
} satisfies TextsOf<typeof source>;
