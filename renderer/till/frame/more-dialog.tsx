import { LockKeyhole } from 'lucide-react';
import { useEffect, useEffectEvent, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Button, Dialog, EmptyState, SearchField } from '../../ui/index.ts';
import { KeysList } from '../keys/keys-list.tsx';
import { useKeysFound } from '../keys/use-keys-found.ts';
import s from './more-dialog.module.css';
import { type ScreenAction, screenActions, useWhyNot } from './screen-actions.ts';

export interface MoreDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onLock: () => void;
}

/** Every action there is, to be found by its name, and every key with what it does. */
export function MoreDialog({ isOpen, onClose, onLock }: MoreDialogProps): ReactNode {
  const { t } = useTranslation('sell');
  return (
    <Dialog isOpen={isOpen} onClose={onClose} size="large" title={t('more.title')}>
      <MoreActions onClose={onClose} onLock={onLock} />
    </Dialog>
  );
}

function MoreActions({ onClose, onLock }: Omit<MoreDialogProps, 'isOpen'>): ReactNode {
  const { t } = useTranslation(['sell', 'keys']);
  const why = useWhyNot();
  const [, goTo] = useLocation();
  const [text, setText] = useState('');
  const wanted = text.trim().toLocaleLowerCase();
  const keys = useKeysFound(text);
  const found = screenActions.filter(({ name }) => t(`more.${name}`).toLocaleLowerCase().includes(wanted));
  const path = useRef<string | null>(null);
  const go = useEffectEvent(goTo);
  // Only when the dialog is gone: it would take the focus back from the screen that opens.
  useEffect(
    () => () => {
      if (path.current !== null) go(path.current);
    },
    [],
  );
  const open = (action: ScreenAction): void => {
    path.current = action.path;
    onClose();
  };
  const submit = (): void => {
    const [first] = found.filter((action) => why(action) === undefined);
    if (first !== undefined) open(first);
  };
  return (
    <div className={s['more']}>
      <SearchField
        autoFocus
        isLabelHidden
        label={t('more.search')}
        onChange={setText}
        onSubmit={submit}
        placeholder={t('more.search')}
        value={text}
      />
      {found.length === 0 && keys.length === 0 && <EmptyState title={t('more.none')} />}
      <div className={s['actions']}>
        {found.map((action) => (
          <Button
            align="start"
            disabledReason={why(action)}
            icon={action.icon}
            isWide
            key={action.name}
            onPress={() => open(action)}
            shortcut={action.key}
            size="function"
          >
            {t(`more.${action.name}`)}
          </Button>
        ))}
        {t('more.lock').toLocaleLowerCase().includes(wanted) && (
          <Button align="start" icon={LockKeyhole} isWide onPress={onLock} shortcut="lock" size="function">
            {t('more.lock')}
          </Button>
        )}
      </div>
      <KeysList keys={keys} />
    </div>
  );
}
