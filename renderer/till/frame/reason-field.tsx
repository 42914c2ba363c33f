import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { SegmentedControl, TextField } from '../../ui/index.ts';
import { Fit } from './fit.tsx';
import p from './page.module.css';
import s from './reason-field.module.css';

export interface ReasonFieldProps {
  readonly label: string;
  /** Reasons that come up again and again, as they are written into the journal. */
  readonly usual: readonly string[];
  readonly value: string;
  readonly onChange: (reason: string) => void;
  /** Enter in the field for own words. */
  readonly onSubmit?: (() => void) | undefined;
  readonly error?: string | undefined;
  /** How often it was asked for in vain: each time the reasons take the focus. */
  readonly asked?: number | undefined;
}

/** Why something is done: one of the usual reasons at a touch, or in own words. */
export function ReasonField(props: ReasonFieldProps): ReactNode {
  const { asked = 0, error, label, onChange, usual, value } = props;
  const { t } = useTranslation('sell');
  const [isOwn, setIsOwn] = useState(value !== '' && !usual.includes(value));
  const field = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (asked === 0) return;
    const ownWords = field.current?.querySelector('input');
    (ownWords ?? field.current?.querySelector<HTMLElement>('[role="radio"]'))?.focus();
  }, [asked]);
  const other = t('reasonOther');
  return (
    <div className={p['group']} ref={field}>
      <p className={p['label']}>{label}</p>
      <Fit>
        <SegmentedControl
          choices={[...usual.map((reason) => ({ id: reason, label: reason })), { id: '', label: other }]}
          isLoose
          label={label}
          onChange={(reason) => {
            setIsOwn(reason === '');
            onChange(reason);
          }}
          value={isOwn ? '' : value === '' ? null : value}
        />
      </Fit>
      {isOwn ? (
        <TextField
          autoFocus
          error={error}
          isLabelHidden
          label={label}
          maxLength={200}
          onChange={onChange}
          onSubmit={props.onSubmit}
          path="reason"
          value={value}
        />
      ) : (
        error !== undefined && (
          <p className={s['error']} role="alert">
            {error}
          </p>
        )
      )}
    </div>
  );
}
