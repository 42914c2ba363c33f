import { Copy } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Notice, useFormat } from '../../ui/index.ts';
import s from './enrol-screen.module.css';

/** A code that was made a moment ago. */
export interface Made {
  readonly code: string;
  /** Null for a shop that brings its own till. */
  readonly till_code: string | null;
  readonly expires_at: string;
}

/** A code, shown this once, with what to do with it at the till; `children` are further buttons. */
export function MadeCode({ children, made }: { readonly made: Made; readonly children?: ReactNode }): ReactNode {
  const { t } = useTranslation(['headoffice', 'common']);
  const format = useFormat();
  const [isCopied, setIsCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(made.code);
    setIsCopied(true);
  };
  return (
    <>
      <Notice severity="warn" title={t('enrol.once')}>
        {made.till_code === null
          ? t('enrol.onceHintShop', { time: format.dateTime(made.expires_at) })
          : t('enrol.onceHint', { till: made.till_code, time: format.dateTime(made.expires_at) })}
      </Notice>
      <output aria-label={t('enrol.code')} className={s['code']} dir="ltr">
        {made.code}
      </output>
      <ol className={s['steps']}>
        <li>{made.till_code === null ? t('enrol.shopStep1') : t('enrol.step1')}</li>
        <li>{t('enrol.step2')}</li>
        <li>{made.till_code === null ? t('enrol.shopStep3') : t('enrol.step3')}</li>
      </ol>
      <div className={s['actions']}>
        {children}
        <Button icon={Copy} onPress={() => void copy()} variant="primary">
          {isCopied ? t('entry.copied') : t('common:actions.copy')}
        </Button>
      </div>
    </>
  );
}
