import type { sync as source } from '../en/sync.ts';
import type { TextsOf } from '../texts.ts';

export const sync = {
  title: 'Zentrale',
  chip: {
    confirmed: '{{confirmed, num}} von {{head, num}} bestätigt',
    standalone: 'In dieser Kasse gespeichert',
    waiting: '{{waiting, num}} warten, seit {{age}}',
    waitingNow: '{{waiting, num}} warten',
    offline: 'Zentrale nicht erreichbar',
    settling: 'Vergleich mit der Zentrale läuft',
    refused: 'Abgleich steht, Verkäufe sind hier sicher',
    unknown: 'Die Kasse wird gesucht',
  },
  standaloneTitle: 'Diese Kasse steht für sich',
  standaloneHint: 'Alles ist hier gespeichert. Eine Zentrale ist nicht nötig.',
  confirmedTitle: 'Alles ist bestätigt',
  confirmedHint: 'Die Zentrale hat, was diese Kasse hat.',
  waitingTitle_one: '{{count, num}} Eintrag wartet',
  waitingTitle_other: '{{count, num}} Einträge warten',
  waitingHint: 'Sie sind hier gespeichert und gehen von selbst hinaus.',
  doing: {
    connecting: {
      title: 'Verbindung zur Zentrale wird aufgebaut',
      hint: 'Der Verkauf geht weiter. Verkäufe sind hier gespeichert und gehen von selbst hinaus.',
    },
    comparing: {
      title: 'Vergleich mit der Zentrale läuft',
      hint: 'Beide Seiten haben Einträge, die der anderen fehlen. Die Kasse sucht, wo sie sich trennen. Der Verkauf geht weiter.',
    },
    fetching: {
      title: 'Die Kasse holt ihre eigenen Einträge zurück',
      hint: 'Die Zentrale hat Einträge, die hier fehlen. Der Verkauf geht weiter.',
    },
    settling: {
      title: 'Aus beiden Seiten wird ein Journal',
      hint: 'Nichts geht verloren, keine gedruckte Nummer ändert sich. Das dauert einen Moment.',
    },
  },
  refused: {
    installation: {
      title: 'Die Zentrale entscheidet über diesen PC',
      hint: 'Ein anderer PC spricht für diese Kasse. Verkäufe sind hier sicher, und der Verkauf geht weiter. Die Zentrale anrufen: Sie entscheidet in ihrem Eingang, welcher PC weitermacht.',
    },
    deactivated: {
      title: 'Die Zentrale hat diese Kasse stillgelegt',
      hint: 'Es wird nichts mehr gesendet. Was verkauft wurde, ist hier sicher. Die Zentrale anrufen: Sie kann die Kasse wieder in Betrieb nehmen.',
    },
    chain: {
      title: 'Die Zentrale nimmt das Journal dieser Kasse nicht an',
      hint: 'Verkäufe sind hier sicher, und der Verkauf geht weiter. Die Zentrale anrufen, bevor jemand etwas an diesem PC ändert.',
    },
    login: {
      title: 'Die Zentrale kennt die Anmeldung dieser Kasse nicht',
      hint: 'Verkäufe sind hier sicher, und der Verkauf geht weiter. Die Zentrale anrufen: Sie gibt einen Code, mit dem diese Kasse wieder teilnimmt.',
    },
    certificate: {
      title: 'Das ist nicht der Server Ihrer Zentrale',
      hint: 'Sein Zertifikat ist nicht das richtige, darum wird ihm nichts gesendet. Der Verkauf geht weiter. Das Netz des Ladens prüfen, dann die Zentrale anrufen.',
    },
  },
  fault: {
    unreachable: {
      title: 'Die Zentrale ist nicht erreichbar',
      hint: 'Der Verkauf geht weiter, Verkäufe sind hier gespeichert. Kabel, WLAN und Router prüfen. Die Kasse versucht es von selbst wieder.',
    },
    silent: {
      title: 'Die Zentrale antwortet nicht',
      hint: 'Der Verkauf geht weiter, Verkäufe sind hier gespeichert. Die Verbindung ist langsam oder unterwegs unterbrochen. Die Kasse versucht es von selbst wieder.',
    },
    busy: {
      title: 'Die Zentrale ist beschäftigt',
      hint: 'Der Verkauf geht weiter, Verkäufe sind hier gespeichert. Ihr Server startet, ist voll oder ausgelastet. Die Kasse versucht es von selbst wieder.',
    },
    server: {
      title: 'Der Server der Zentrale hat einen Fehler',
      hint: 'Der Verkauf geht weiter, Verkäufe sind hier gespeichert. Die Kasse versucht es von selbst wieder. Bleibt es dabei, die Zentrale anrufen.',
    },
    answer: {
      title: 'Diese Kasse versteht die Zentrale nicht',
      hint: 'Eine der beiden hat eine andere Version. Der Verkauf geht weiter, Verkäufe sind hier gespeichert. Evertill auf diesem PC aktualisieren.',
    },
    till: {
      title: 'Dieser PC konnte den Abgleich nicht fortsetzen',
      hint: 'Der Verkauf geht weiter, solange Verkäufe hier bestätigt werden. Prüfen, ob der Datenträger voll ist. Die Kasse versucht es von selbst wieder.',
    },
    protocol: {
      title: 'Beide Seiten sind sich über den Stand noch nicht einig',
      hint: 'Nichts geht verloren. Die Kasse fragt die Zentrale von selbst neu. Bleibt es dabei, die Zentrale anrufen.',
    },
  },
  code: 'Am Telefon nennen: {{code}}',
  standing: 'Wo beide Seiten stehen',
  here: 'Einträge in dieser Kasse',
  there: 'Von der Zentrale bestätigt',
  waiting: 'Wartend',
  oldest: 'Der älteste wartet seit',
  oldestAge: '{{at}}, {{age}}',
  last: 'Zuletzt bestätigt',
  lastEntry: '{{at}}, Eintrag {{seq, num}}',
  never: 'noch nie',
  server: 'Server der Zentrale',
  serverThere: '{{host}}, Port {{port}}, verschlüsselt',
  serverHere: '{{host}}, Port {{port}}, auf diesem PC',
  version: 'Version',
  versions: {
    same: '{{till}} hier, {{headoffice}} in der Zentrale',
    older:
      '{{till}}, älter als die der Zentrale ({{headoffice}}). Was diese Kasse noch nicht lesen kann, bleibt aufbewahrt.',
    newer:
      '{{till}}, neuer als die der Zentrale ({{headoffice}}). Was sie noch nicht lesen kann, bleibt dort aufbewahrt.',
  },
  clock: 'Uhr dieses PCs',
  clockRight: 'stimmt',
  clockAhead: 'geht gegenüber der Zentrale {{time}} vor',
  clockBehind: 'geht gegenüber der Zentrale {{time}} nach',
  clockHint: 'Belege tragen die Zeit dieses PCs. Datum und Uhrzeit richtig stellen.',
  tryNow: 'Jetzt versuchen',
  kindsTitle: 'Was wartet',
  kindsOf_one: 'vom ältesten Eintrag',
  kindsOf_other: 'von den ältesten {{count, num}} Einträgen',
  nothingWaits: 'Nichts wartet',
  kindUnknown: 'Nicht in dieser Kasse',
  aside: {
    title: 'In der Zentrale zur Seite gelegt',
    hint_one: '{{count, num}} Eintrag ist dort sicher, aber noch in keiner ihrer Zahlen. Die Zentrale nimmt ihn auf.',
    hint_other:
      '{{count, num}} Einträge sind dort sicher, aber noch in keiner ihrer Zahlen. Die Zentrale nimmt sie auf.',
    entry: 'Eintrag',
    kind: 'Was',
    at: 'Wann',
    reason: 'Warum',
    reasons: {
      unknown_kind: 'Die Zentrale ist älter als diese Kasse und liest ihn, sobald sie aktualisiert ist',
      unreadable: 'Er konnte nicht gelesen werden',
      slow: 'Er dauerte zu lange',
      twice: 'Dasselbe ist schon da',
      other: 'Er passt nicht in die Tabellen ({{code}})',
    },
  },
  closings: {
    title: 'Abschlüsse, die abweichen',
    hint: 'Die Zentrale hat sie nachgerechnet und kam auf andere Zahlen.',
    z: 'Z {{number, num}}, {{date}}',
    open: 'Ansehen',
  },
  failed: 'Der Stand des Abgleichs wurde nicht geladen',
} satisfies TextsOf<typeof source>;
