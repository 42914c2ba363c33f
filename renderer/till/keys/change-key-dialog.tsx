import { useRef, useState, type ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import {
  Button,
  changeKey,
  clashesOf,
  Dialog,
  KeyCap,
  keyOf,
  Notice,
  readStroke,
  refusalOf,
  rulesOf,
  swapKeys,
  useKeyBindings,
  useKeyRecorder,
  usePrintedKeys,
  type KeyAction,
  type KeyStroke,
  type Refusal,
  type ShortcutKeys,
} from '../../ui/index.ts';
import s from './keys-list.module.css';
import { useKeyNames } from './use-key-names.ts';

export interface ChangeKeyProps {
  readonly action: KeyAction;
  readonly name: string;
  readonly onClose: () => void;
}

/** Gives an action another key: the next one that is pressed. */
export function ChangeKeyDialog({ action, name, onClose }: ChangeKeyProps): ReactNode {
  const { t } = useTranslation('keys');
  return (
    <Dialog isOpen onClose={onClose} size="medium" title={t('change.title', { action: name })}>
      <ChangeKey action={action} onClose={onClose} />
    </Dialog>
  );
}

function ChangeKey({ action, onClose }: Omit<ChangeKeyProps, 'name'>): ReactNode {
  const { t } = useTranslation(['keys', 'common']);
  const { change, changes } = useKeyBindings();
  const printed = usePrintedKeys();
  const [refused, setRefused] = useState<Refusal | null>(null);
  const [taken, setTaken] = useState<ShortcutKeys | null>(null);
  const now = keyOf(changes, action);
  const { usual } = rulesOf(action);
  const save = (keys: ShortcutKeys | null): void => {
    change(changeKey(changes, action, keys));
    onClose();
  };
  const choose = (keys: ShortcutKeys): void => {
    const why = refusalOf(action, keys);
    setRefused(why ?? null);
    setTaken(null);
    if (why !== undefined) return;
    if (clashesOf(changes, action, keys).length === 0) save(keys);
    else setTaken(keys);
  };
  if (taken !== null) {
    return <Clash action={action} keys={taken} onAnother={() => setTaken(null)} onClose={onClose} />;
  }
  return (
    <div className={s['change']}>
      <Recorder
        onRead={(read) => {
          if (read.kind === 'keys') choose(read.keys);
          else if (read.kind === 'refused') setRefused(read.why);
        }}
      >
        {now === undefined ? t('change.nowNone') : t('change.now', { keys: printed(now) })}
      </Recorder>
      {refused !== null && <Notice severity="warn" title={t(`refused.${refused}`)} />}
      <div className={s['head']}>
        <Button onPress={onClose} shortcut="cancel">
          {t('common:actions.cancel')}
        </Button>
        {now !== undefined && usual === null && <Button onPress={() => save(null)}>{t('change.noKey')}</Button>}
        {usual !== null && now !== usual && (
          <Button onPress={() => choose(usual)}>{t('change.usual', { keys: printed(usual) })}</Button>
        )}
      </div>
    </div>
  );
}

/** Where the next key is heard, as long as it has the focus: Tab and Escape stay what they are. */
function Recorder(props: {
  readonly children: ReactNode;
  readonly onRead: (read: ReturnType<typeof readStroke>) => void;
}): ReactNode {
  const { t } = useTranslation('keys');
  const place = useRef<HTMLButtonElement>(null);
  useKeyRecorder((stroke: KeyStroke) => {
    if (document.activeElement !== place.current || stroke.key === 'Tab' || stroke.key === 'Escape') return false;
    props.onRead(readStroke(stroke));
    return true;
  });
  return (
    <AriaButton autoFocus className={s['recorder'] ?? ''} ref={place}>
      <span>{t('change.press')}</span>
      <span className={s['small']}>{props.children}</span>
      <span className={s['small']}>{t('change.pressHint')}</span>
    </AriaButton>
  );
}

/** Somebody has the key already: whose it is, and what can be done about it. */
function Clash(props: {
  readonly action: KeyAction;
  readonly keys: ShortcutKeys;
  readonly onAnother: () => void;
  readonly onClose: () => void;
}): ReactNode {
  const { action, keys, onAnother, onClose } = props;
  const { t } = useTranslation(['keys', 'common']);
  const { change, changes } = useKeyBindings();
  const printed = usePrintedKeys();
  const names = useKeyNames();
  const before = keyOf(changes, action);
  const swapped = swapKeys(changes, action, keys);
  const others = names.actions(clashesOf(changes, action, keys));
  return (
    <div className={s['change']}>
      <Notice
        severity="warn"
        title={
          <>
            {t('change.clash', { keys: printed(keys), others })} <KeyCap isSubject keys={keys} />
          </>
        }
      >
        {swapped === undefined
          ? t('change.clashStuck', { others })
          : before === undefined
            ? t('change.clashTake', { others })
            : t('change.clashSwap', { others, before: printed(before) })}
      </Notice>
      <div className={s['head']}>
        <Button onPress={onClose} shortcut="cancel">
          {t('common:actions.cancel')}
        </Button>
        <Button autoFocus={swapped === undefined} onPress={onAnother}>
          {t('change.another')}
        </Button>
        {swapped !== undefined && (
          <Button
            autoFocus
            onPress={() => {
              change(swapped);
              onClose();
            }}
            variant="primary"
          >
            {before === undefined ? t('change.take') : t('change.swap')}
          </Button>
        )}
      </div>
    </div>
  );
}
