import type { ReactNode } from 'react';
import { Switch as AriaSwitch } from 'react-aria-components';
import s from './switch.module.css';

export interface SwitchProps {
  readonly children: ReactNode;
  readonly detail?: ReactNode;
  readonly isSelected: boolean;
  readonly onChange: (isSelected: boolean) => void;
  readonly isDisabled?: boolean | undefined;
}

/** On or off, at once. */
export function Switch(props: SwitchProps): ReactNode {
  return (
    <AriaSwitch
      className={s['switch'] ?? ''}
      isDisabled={props.isDisabled ?? false}
      isSelected={props.isSelected}
      onChange={props.onChange}
    >
      <span className={s['words']}>
        <span>{props.children}</span>
        {props.detail !== undefined && <span className={s['detail']}>{props.detail}</span>}
      </span>
      <span className={s['track']}>
        <span className={s['knob']} />
      </span>
    </AriaSwitch>
  );
}
