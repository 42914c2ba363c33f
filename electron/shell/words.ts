/** What is said where the screens can't say it: their window itself is what failed. */
export interface Words {
  readonly failing: string;
  readonly saved: string;
  readonly again: string;
  readonly quit: string;
  readonly unreadable: string;
  /** The system's own words follow. */
  readonly notStarted: string;
  readonly edit: string;
  /** A number follows, which is found in the log. */
  readonly incident: string;
}

const english: Words = {
  failing: 'The window of the till fails again and again',
  saved: 'What was completed is saved, and so is the open basket. Try again; if it goes on, start this PC anew.',
  again: 'Try again',
  quit: 'Close the till',
  unreadable: 'The screens of the till can’t be read. What was sold is saved. Install Evertill again.',
  notStarted: 'Evertill could not start. Nothing of the till was changed.',
  edit: 'Edit',
  incident: 'Call with incident',
};

const words: Readonly<Record<string, Words>> = {
  en: english,
  de: {
    failing: 'Das Fenster der Kasse fällt immer wieder aus',
    saved:
      'Was abgeschlossen war, ist gespeichert, auch der offene Korb. Erneut versuchen; wenn es so bleibt, diesen PC neu starten.',
    again: 'Erneut versuchen',
    quit: 'Kasse schließen',
    unreadable:
      'Die Bildschirme der Kasse sind nicht lesbar. Was verkauft wurde, ist gespeichert. Evertill neu installieren.',
    notStarted: 'Evertill konnte nicht starten. An der Kasse wurde nichts geändert.',
    edit: 'Bearbeiten',
    incident: 'Beim Anruf diese Störungsnummer nennen:',
  },
  ar: {
    failing: 'نافذة نقطة البيع تتعطل مرة بعد مرة',
    saved: 'كل ما اكتمل محفوظ، والسلة المفتوحة كذلك. أعد المحاولة، وإن استمر الأمر فأعد تشغيل هذا الجهاز.',
    again: 'إعادة المحاولة',
    quit: 'إغلاق نقطة البيع',
    unreadable: 'تتعذر قراءة شاشات نقطة البيع. كل ما بيع محفوظ. أعد تثبيت Evertill.',
    notStarted: 'تعذّر تشغيل Evertill. لم يتغير شيء في نقطة البيع.',
    edit: 'تحرير',
    incident: 'عند الاتصال اذكر رقم البلاغ:',
  },
};

/** In the language of the system, as `app.getLocale()` names it. */
export function wordsFor(locale: string): Words {
  return words[locale.split('-')[0] ?? ''] ?? english;
}
