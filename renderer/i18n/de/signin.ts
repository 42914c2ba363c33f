import type { signin as source } from '../en/signin.ts';
import type { TextsOf } from '../texts.ts';

export const signin = {
  title: 'Wer sind Sie?',
  hint: 'Namen wählen, dann die PIN eingeben.',
  loading: 'Namen werden geladen',
  none: 'Niemand kann sich mit PIN anmelden',
  noneHint: 'Mit Anmeldename und Passwort anmelden.',
  failed: 'Die Namen wurden nicht geladen',
  people: 'Personen',
  pinOf: 'PIN von {{name}}',
  signIn: 'Anmelden',
  byPassword: 'Mit Passwort anmelden',
  byPin: 'Mit PIN anmelden',
  login: 'Anmeldename',
  password: 'Passwort',
  wrong: 'PIN oder Passwort stimmt nicht. Nochmals versuchen.',
  lockedUntil: 'Zu viele Versuche. Bis {{time}} warten, oder die Leitung fragen.',
  demo: 'Das ist der Probeladen. Anmelden als eine dieser Personen:',
  demoPin: '{{name}}: PIN {{pin}}',
} satisfies TextsOf<typeof source>;
