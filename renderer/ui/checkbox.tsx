import { Check, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import { Checkbox as AriaCheckbox } from 'react-aria-components';
import { isolated } from './isolated.tsx';
import s from './checkbox.module.css';

export interface CheckboxProps {
  readonly children: ReactNode;
  readonly isSelected: boolean;
  readonly onChange: (isSelected: boolean) => void;
  readonly isIndeterminate?: boolean | undefined;
  readonly isDisabled?: boolean | undefined;
}

/** Yes or no, taken when the form is saved. For what acts at once, use Switch. */
export function Checkbox(props: CheckboxProps): ReactNode {
  const Sign = props.isIndeterminate === true ? Minus : Check;
  return (
    <AriaCheckbox
      className={s['checkbox'] ?? ''}
      isDisabled={props.isDisabled ?? false}
      isIndeterminate={props.isIndeterminate ?? false}
      isSelected={props.isSelected}
      onChange={props.onChange}
    >
      <span className={s['box']}>
        <Sign aria-hidden="true" className={s['sign']} />
      </span>
      <span>{isolated(props.children)}</span>
    </AriaCheckbox>
  );
}
