import type { device as source } from '../en/device.ts';
import type { TextsOf } from '../texts.ts';

/** Dieser PC: sein Drucker, sein Fenster, und eine Kasse, die er nicht öffnen kann. */
export const device = {
  title: 'Dieser PC',
  printer: 'Belege und Berichte gehen an',
  printerHint: 'Ohne Rückfrage. Das Papier ist so breit wie eine 80-mm-Rolle.',
  askEachTime: 'Jedes Mal fragen',
  printerGone: '{{name}} (nicht da)',
  fullScreen: 'Ganzen Bildschirm füllen',
  close: 'Kasse beenden',
  sound: {
    isOn: 'Töne beim Scannen',
    volume: 'Lautstärke',
    volumes: { quiet: 'Leise', normal: 'Normal', loud: 'Laut' },
    good: 'Guter Scan',
    bad: 'Fehlscan',
  },
  print: {
    incident: 'Wenn es so bleibt, mit der Störungsnummer {{incident}} anrufen.',
    to: 'Auf {{printer}}',
    failed: 'Der Drucker hat nicht gedruckt',
    failedHint: 'Was verkauft wurde, ist gespeichert. Papier und Klappe prüfen, dann noch einmal drucken.',
    gone: 'Der Drucker ist nicht da',
    goneHint:
      'Was verkauft wurde, ist gespeichert. Drucker einschalten oder in den Einstellungen einen anderen wählen, dann noch einmal drucken.',
    again: 'Noch einmal drucken',
  },
  starting: {
    title: 'Die Kasse wird auf den neuen Stand gebracht',
    hint: 'Ein neueres Evertill wurde installiert. Das dauert einmalig einen Moment; was verkauft wurde, bleibt erhalten. Diesen PC nicht ausschalten.',
    backing_up: 'Eine Kopie der Kassendatei wird aufbewahrt',
    checking: 'Die Kopie wird geprüft',
    migrating: 'Die Datei wird auf den neuen Stand gebracht',
    opening: 'Die Kasse wird geöffnet',
  },
  trouble: {
    incident: 'Wenn es so bleibt, mit der Störungsnummer {{incident}} anrufen.',
    again: 'Erneut versuchen',
    quit: 'Schließen',
    file: 'Datei: {{path}}',
    kept: 'Nichts wurde geändert, und nichts ist verloren.',
    missing: 'Die Datei dieser Kasse fehlt',
    missingHint: 'Auf diesem PC wurde eine Kasse eingerichtet. Ihre Datei aus der Sicherung zurücklegen.',
    empty: 'Die Datei dieser Kasse ist leer',
    emptyHint: 'Aus der Sicherung zurücklegen.',
    in_use: 'Diese Kasse ist schon offen',
    in_useHint: 'Ein anderes Fenster oder Programm auf diesem PC hat sie offen. Zuerst jenes schließen.',
    not_ours: 'Das ist nicht die Datei einer Kasse',
    not_oursHint: 'An ihrer Stelle liegt eine andere Datei. Die Datei der Kasse aus der Sicherung zurücklegen.',
    newer: 'Diese Kasse wurde zuletzt von einem neueren Evertill geöffnet',
    newerHint: 'Die neuere Version wieder installieren.',
    setting_refused: 'Dieser PC kann Verkäufe nicht sicher halten',
    setting_refusedHint:
      'SQLite hat eine Einstellung abgelehnt, die Verkäufe über einen Stromausfall rettet. Bitte den Support anrufen.',
    storage_full: 'Für den neuen Stand dieser Kasse ist kein Platz',
    storage_fullHint:
      'Bevor etwas geändert wird, wird eine Kopie der Kassendatei aufbewahrt, und dafür ist der Datenträger zu voll. Platz schaffen und erneut versuchen.',
    damaged: 'Die Datei dieser Kasse ist beschädigt',
    damagedHint:
      'Sie lässt sich nicht als Ganzes lesen und wurde deshalb nicht auf den neuen Stand gebracht. Bitte den Support anrufen; im Ordner „backups“ daneben liegt vielleicht eine frühere Kopie.',
    migration_failed: 'Diese Kasse ließ sich nicht auf den neuen Stand bringen',
    migration_failedHint:
      'Ihre Datei ist wie zuvor, und eine Kopie liegt im Ordner „backups“ daneben. Erneut versuchen; wenn es so bleibt, die vorige Version installieren, die sie noch öffnet, und den Support anrufen.',
    key_foreign: 'Die Geheimnisse dieser Kasse sind für jemand anderen versiegelt',
    key_foreignHint:
      'PINs und Passwörter dieser Kasse kann nur lesen, wer sie eingerichtet hat, auf dem PC, auf dem sie eingerichtet wurde. An diesem PC als jener Benutzer anmelden. Auf einem neuen PC die Kasse von der Zentrale übernehmen.',
    key_unavailable: 'Dieser PC verwahrt gerade keine Geheimnisse',
    key_unavailableHint:
      'Die Kasse hält PINs und Passwörter unter dem Schlüssel des Systems und nie im Klartext. Den Schlüsselbund dieses Benutzers entsperren; unter Linux GNOME Keyring oder KWallet installieren.',
    key_damaged: 'Der Schlüssel dieser Kasse ist beschädigt',
    key_damagedHint:
      'Die Datei des Schlüssels aus der Sicherung zurücklegen. Ohne sie kann sich hier niemand anmelden.',
    unknown: 'Die Kasse ließ sich nicht öffnen',
    unknownHint:
      'Erneut versuchen. Wenn es so bleibt, den Support anrufen: Mehr steht im Protokoll neben der Datei der Kasse.',
  },
} satisfies TextsOf<typeof source>;
