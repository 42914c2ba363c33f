import type { ReactNode } from 'react';
import { Logo } from '../ui/index.ts';
import s from './gallery.module.css';
import { ActionParts, FieldParts, StatusParts } from './parts-controls.tsx';
import { ContentParts } from './parts-content.tsx';

/** Every part and state, light beside dark. */
export function PartsPage(): ReactNode {
  return (
    <main>
      <h1 className={s['page']}>
        <Logo size="large" />
      </h1>
      <div className={s['sides']}>
        <Side theme="light" title="Light" />
        <Side theme="dark" title="Dark" />
      </div>
    </main>
  );
}

function Side({ theme, title }: { readonly theme: string; readonly title: string }): ReactNode {
  return (
    <section aria-label={title} className={s['side']} data-theme={theme}>
      <p>{title}</p>
      <ActionParts />
      <FieldParts />
      <StatusParts />
      <ContentParts />
    </section>
  );
}
