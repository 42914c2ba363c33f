import type { signin as source } from '../en/signin.ts';
import type { TextsOf } from '../texts.ts';

export const signin = {
  title: 'من أنت؟',
  hint: 'اختر اسمك ثم أدخل رقمك السري.',
  loading: 'جارٍ تحميل الأسماء',
  none: 'لا أحد يدخل برقم سري',
  noneHint: 'ادخل باسم الدخول وكلمة المرور.',
  failed: 'تعذّر تحميل الأسماء',
  people: 'الأشخاص',
  pinOf: 'الرقم السري لـ {{name}}',
  signIn: 'دخول',
  byPassword: 'الدخول بكلمة مرور',
  byPin: 'الدخول برقم سري',
  login: 'اسم الدخول',
  password: 'كلمة المرور',
  wrong: 'الرقم السري أو كلمة المرور غير صحيح. حاول مرة أخرى.',
  lockedUntil: 'محاولات كثيرة. انتظر حتى {{time}} أو اسأل مديرًا.',
  demo: 'هذا متجر تجريبي. ادخل باسم أحدهم:',
  demoPin: '{{name}}: الرقم السري {{pin}}',
} satisfies TextsOf<typeof source>;
