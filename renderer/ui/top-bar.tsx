import { LockKeyhole } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Avatar } from './avatar.tsx';
import { classNames } from './class-names.ts';
import { IconButton } from './icon-button.tsx';
import { Logo } from './logo.tsx';
import s from './top-bar.module.css';

export interface TopBarProps {
  readonly store: string;
  /** "Till 2" */
  readonly till: string;
  /** The SyncChip. */
  readonly sync?: ReactNode;
  readonly cashier?: { readonly name: string; readonly detail: ReactNode } | undefined;
  readonly onCashierPress?: (() => void) | undefined;
  /** The time of day, already in the store's writing. */
  readonly clock: string;
  readonly onLock?: (() => void) | undefined;
  /** A striped edge and the word. */
  readonly isTraining?: boolean | undefined;
  /** A notice of the whole till. It takes the room between the shop and the sync sign. */
  readonly notice?: ReactNode;
  /** Further entries before the cashier: a menu, a language switch. */
  readonly children?: ReactNode;
}

/** The till's top: where one is, one sync sign, who sells, the clock, the lock. On every screen the same. */
export function TopBar(props: TopBarProps): ReactNode {
  const { cashier, onCashierPress, onLock } = props;
  const { t } = useTranslation('common');
  const person = cashier !== undefined && (
    <>
      <Avatar name={cashier.name} />
      <span className={s['person-words']}>
        <span className={s['person-name']} dir="auto">
          {cashier.name}
        </span>
        <span className={s['person-detail']}>{cashier.detail}</span>
      </span>
    </>
  );
  return (
    <header className={classNames(s['bar'], props.isTraining && s['training'])}>
      <Logo />
      <div className={s['place']}>
        <span className={s['store']} dir="auto">
          {props.store}
        </span>
        <span className={s['till']} dir="auto">
          {props.till}
        </span>
      </div>
      {props.isTraining === true && <strong className={s['training-word']}>{t('bar.training')}</strong>}
      <div className={s['notice']}>{props.notice}</div>
      <div className={s['end']}>
        {props.children}
        {props.sync}
        {cashier !== undefined &&
          (onCashierPress === undefined ? (
            <span className={s['person']}>{person}</span>
          ) : (
            <Button className={s['person'] ?? ''} onPress={onCashierPress} preventFocusOnPress>
              {person}
            </Button>
          ))}
        <time aria-label={t('bar.clock')} className={s['clock']} dir="ltr">
          {props.clock}
        </time>
        {onLock !== undefined && (
          <IconButton
            icon={LockKeyhole}
            label={t('bar.lock')}
            onPress={onLock}
            shortcut="lock"
            shortcutThroughLayers
            size="small"
          />
        )}
      </div>
    </header>
  );
}
