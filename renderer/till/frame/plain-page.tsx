import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LanguageSegment } from './language-segment.tsx';
import { HiddenTitle, Logo } from '../../ui/index.ts';
import s from './plain-page.module.css';

/** A page before anybody is signed in: the logo, the language, and one thing to do. */
export function PlainPage({
  children,
  title,
  hint,
}: {
  readonly children: ReactNode;
  readonly title?: string | undefined;
  readonly hint?: string | undefined;
}): ReactNode {
  const { t } = useTranslation('common');
  return (
    <div className={s['page']}>
      <header className={s['bar']}>
        <Logo />
        <LanguageSegment label={t('language')} />
      </header>
      <main className={s['main']}>
        {title === undefined ? (
          <HiddenTitle>{t('appName')}</HiddenTitle>
        ) : (
          <div className={s['head']}>
            <h1 className={s['title']}>{title}</h1>
            {hint !== undefined && <p className={s['hint']}>{hint}</p>}
          </div>
        )}
        {children}
      </main>
    </div>
  );
}
