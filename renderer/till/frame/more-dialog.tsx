import {
  Archive,
  ArrowDownToLine,
  ArrowUpFromLine,
  Boxes,
  ChartNoAxesColumn,
  ClipboardList,
  CloudCheck,
  LifeBuoy,
  LockKeyhole,
  Package,
  ReceiptText,
  Settings,
  ShoppingBasket,
  Tags,
  Undo2,
  UndoDot,
  UsersRound,
  WalletCards,
  type LucideIcon,
} from 'lucide-react';
import { useEffect, useEffectEvent, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Permission } from '../../../shared/contract/permissions.ts';
import { Button, Dialog, EmptyState, SearchField } from '../../ui/index.ts';
import s from './more-dialog.module.css';
import { useAtTheTill } from './session-context.tsx';

type ActionName =
  | ('sell' | 'sales' | 'refund' | 'refundFree' | 'report' | 'payIn' | 'payOut' | 'close')
  | 'closings'
  | ('stock' | 'stockTake')
  | ('products' | 'categories' | 'staff' | 'sync' | 'settings' | 'support');

interface Action {
  readonly name: ActionName;
  readonly path: string;
  readonly icon: LucideIcon;
  readonly needs: Permission | null;
  readonly needsShift?: boolean;
}

const actions: readonly Action[] = [
  { name: 'sell', path: '/', icon: ShoppingBasket, needs: null },
  { name: 'sales', path: '/sales', icon: ReceiptText, needs: 'sale.view' },
  { name: 'refund', path: '/refund', icon: Undo2, needs: null, needsShift: true },
  { name: 'refundFree', path: '/refund-free', icon: UndoDot, needs: null, needsShift: true },
  { name: 'report', path: '/shift', icon: ChartNoAxesColumn, needs: 'shift.report', needsShift: true },
  { name: 'payIn', path: '/shift/cash/in', icon: ArrowDownToLine, needs: null, needsShift: true },
  { name: 'payOut', path: '/shift/cash/out', icon: ArrowUpFromLine, needs: null, needsShift: true },
  { name: 'close', path: '/shift/close', icon: WalletCards, needs: 'shift.close', needsShift: true },
  { name: 'closings', path: '/shift/closed', icon: Archive, needs: 'shift.report' },
  { name: 'products', path: '/products', icon: Package, needs: 'product.view' },
  { name: 'stock', path: '/stock', icon: Boxes, needs: 'stock.view' },
  { name: 'stockTake', path: '/stock/take', icon: ClipboardList, needs: 'stock.count' },
  { name: 'categories', path: '/categories', icon: Tags, needs: 'product.view' },
  { name: 'staff', path: '/staff', icon: UsersRound, needs: 'staff.view' },
  { name: 'sync', path: '/sync', icon: CloudCheck, needs: null },
  { name: 'settings', path: '/settings', icon: Settings, needs: null },
  { name: 'support', path: '/support', icon: LifeBuoy, needs: 'support.collect' },
];

export interface MoreDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onLock: () => void;
}

/** Every action there is, to be found by its name. */
export function MoreDialog({ isOpen, onClose, onLock }: MoreDialogProps): ReactNode {
  const { t } = useTranslation('sell');
  return (
    <Dialog isOpen={isOpen} onClose={onClose} size="large" title={t('more.title')}>
      <MoreActions onClose={onClose} onLock={onLock} />
    </Dialog>
  );
}

function MoreActions({ onClose, onLock }: Omit<MoreDialogProps, 'isOpen'>): ReactNode {
  const { t } = useTranslation(['sell', 'shift']);
  const { can, hasShift } = useAtTheTill();
  const [, goTo] = useLocation();
  const [text, setText] = useState('');
  const wanted = text.trim().toLocaleLowerCase();
  const found = actions.filter(({ name }) => t(`more.${name}`).toLocaleLowerCase().includes(wanted));
  const why = ({ needs, needsShift }: Action): string | undefined => {
    if (needsShift === true && !hasShift) return t('shift:noneOpen');
    return needs === null || can(needs) ? undefined : t('more.denied');
  };
  const path = useRef<string | null>(null);
  const go = useEffectEvent(goTo);
  // Only when the dialog is gone: it would take the focus back from the screen that opens.
  useEffect(
    () => () => {
      if (path.current !== null) go(path.current);
    },
    [],
  );
  const open = (action: Action): void => {
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
      {found.length === 0 && <EmptyState title={t('more.none')} />}
      <div className={s['actions']}>
        {found.map((action) => (
          <Button
            align="start"
            disabledReason={why(action)}
            icon={action.icon}
            isWide
            key={action.name}
            onPress={() => open(action)}
            size="function"
          >
            {t(`more.${action.name}`)}
          </Button>
        ))}
        {t('more.lock').toLocaleLowerCase().includes(wanted) && (
          <Button align="start" icon={LockKeyhole} isWide onPress={onLock} size="function">
            {t('more.lock')}
          </Button>
        )}
      </div>
    </div>
  );
}
