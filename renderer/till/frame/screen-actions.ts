import {
  Archive,
  ArrowDownToLine,
  ArrowUpFromLine,
  Boxes,
  ChartNoAxesColumn,
  ClipboardList,
  CloudCheck,
  LifeBuoy,
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
import { useTranslation } from 'react-i18next';
import type { Permission } from '../../../shared/contract/permissions.ts';
import type { KeyAction } from '../../ui/index.ts';
import { useAtTheTill } from './session-context.tsx';

type ScreenName =
  | ('sell' | 'sales' | 'refund' | 'refundFree' | 'report' | 'payIn' | 'payOut' | 'close')
  | 'closings'
  | ('stock' | 'stockTake')
  | ('products' | 'categories' | 'staff' | 'sync' | 'settings' | 'support');

/** A screen that is opened by its name, or by a key. */
export interface ScreenAction {
  readonly name: ScreenName;
  readonly path: string;
  readonly icon: LucideIcon;
  readonly key: KeyAction;
  readonly needs: Permission | null;
  readonly needsShift?: boolean;
}

export const screenActions: readonly ScreenAction[] = [
  { name: 'sell', path: '/', icon: ShoppingBasket, key: 'goSell', needs: null },
  { name: 'sales', path: '/sales', icon: ReceiptText, key: 'goSales', needs: 'sale.view' },
  { name: 'refund', path: '/refund', icon: Undo2, key: 'refund', needs: null, needsShift: true },
  { name: 'refundFree', path: '/refund-free', icon: UndoDot, key: 'goRefundFree', needs: null, needsShift: true },
  {
    name: 'report',
    path: '/shift',
    icon: ChartNoAxesColumn,
    key: 'goReport',
    needs: 'shift.report',
    needsShift: true,
  },
  { name: 'payIn', path: '/shift/cash/in', icon: ArrowDownToLine, key: 'goPayIn', needs: null, needsShift: true },
  { name: 'payOut', path: '/shift/cash/out', icon: ArrowUpFromLine, key: 'goPayOut', needs: null, needsShift: true },
  { name: 'close', path: '/shift/close', icon: WalletCards, key: 'goClose', needs: 'shift.close', needsShift: true },
  { name: 'closings', path: '/shift/closed', icon: Archive, key: 'goClosings', needs: 'shift.report' },
  { name: 'products', path: '/products', icon: Package, key: 'goProducts', needs: 'product.view' },
  { name: 'stock', path: '/stock', icon: Boxes, key: 'goStock', needs: 'stock.view' },
  { name: 'stockTake', path: '/stock/take', icon: ClipboardList, key: 'goStockTake', needs: 'stock.count' },
  { name: 'categories', path: '/categories', icon: Tags, key: 'goCategories', needs: 'product.view' },
  { name: 'staff', path: '/staff', icon: UsersRound, key: 'goStaff', needs: 'staff.view' },
  { name: 'sync', path: '/sync', icon: CloudCheck, key: 'goSync', needs: null },
  { name: 'settings', path: '/settings', icon: Settings, key: 'goSettings', needs: null },
  { name: 'support', path: '/support', icon: LifeBuoy, key: 'goSupport', needs: 'support.collect' },
];

/** Why a screen can't be opened now, by whoever is signed in; undefined where it can. */
export function useWhyNot(): (action: ScreenAction) => string | undefined {
  const { t } = useTranslation(['sell', 'shift']);
  const { can, hasShift } = useAtTheTill();
  return ({ needs, needsShift }) => {
    if (needsShift === true && !hasShift) return t('shift:noneOpen');
    return needs === null || can(needs) ? undefined : t('sell:more.denied');
  };
}
