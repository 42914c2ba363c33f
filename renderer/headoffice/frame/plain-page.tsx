import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Logo } from '../../ui/index.ts';
import { LanguageChoice } from './language-choice.tsx';
import s from './plain-page.module.css';

/** A page before anybody is signed in: the logo, the language, and one thing to do. */
export function PlainPage({ children }: { readonly children: ReactNode }): ReactNode {
  const { t } = useTranslation('headoffice');
  return (
    <div className={s['page']}>
      <header className={s['bar']}>
        <Logo />
        <span className={s['place']}>{t('title')}</span>
        <LanguageChoice />
      </header>
      <main className={s['main']}>{children}</main>
    </div>
  );
}
