import { Keyboard } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Dialog, EmptyState, SearchField } from '../../ui/index.ts';
import { KeysList } from './keys-list.tsx';
import s from './keys-list.module.css';
import { useKeysFound } from './use-keys-found.ts';

/** Opens the list of keys from the settings of this device. */
export function KeysButton(): ReactNode {
  const { t } = useTranslation('keys');
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button icon={Keyboard} onPress={() => setIsOpen(true)}>
        {t('open')}
      </Button>
      <Dialog isOpen={isOpen} onClose={() => setIsOpen(false)} size="large" title={t('open')}>
        <AllKeys />
      </Dialog>
    </>
  );
}

function AllKeys(): ReactNode {
  const { t } = useTranslation(['keys', 'sell']);
  const [text, setText] = useState('');
  const keys = useKeysFound(text);
  return (
    <div className={s['dialog']}>
      <SearchField
        autoFocus
        isLabelHidden
        label={t('search')}
        onChange={setText}
        placeholder={t('search')}
        value={text}
      />
      {keys.length === 0 && <EmptyState title={t('sell:more.none')} />}
      <KeysList keys={keys} />
    </div>
  );
}
