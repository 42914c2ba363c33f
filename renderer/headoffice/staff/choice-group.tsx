import type { ReactNode } from 'react';
import s from './choice-group.module.css';

/** Checkboxes that belong together, under one label. */
export function ChoiceGroup({ children, label }: { readonly label: string; readonly children: ReactNode }): ReactNode {
  return (
    <fieldset className={s['group']}>
      <legend className={s['legend']}>{label}</legend>
      <div className={s['choices']}>{children}</div>
    </fieldset>
  );
}
