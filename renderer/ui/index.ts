/** The parts that every screen is put together from. README.md beside this file lists them with their props. */
import './fonts.css';
import './tokens.css';
import './base.css';

export { AmountText, type AmountTextProps } from './amount-text.tsx';
export { ApprovalPanel, type ApprovalPanelProps, type Approver } from './approval-panel.tsx';
export { Avatar, initialsOf, type AvatarProps } from './avatar.tsx';
export { BasketLine, BasketList, type BasketLineProps, type BasketListProps } from './basket-line.tsx';
export { Button, type ButtonProps } from './button.tsx';
export { CategoryChips, type CategoryChip, type CategoryChipsProps } from './category-chips.tsx';
export {
  CategoryDot,
  CategoryIcon,
  productIcons,
  type CategoryIconProps,
  type ProductIconName,
  type Tint,
} from './category-icon.tsx';
export { Checkbox, type CheckboxProps } from './checkbox.tsx';
export { Chip, SyncChip, Tag, type ChipProps, type SyncChipProps, type SyncState, type TagProps } from './chip.tsx';
export { classNames } from './class-names.ts';
export { Denomination, type DenominationProps } from './denomination.tsx';
export { ConfirmDialog, Dialog, type ConfirmDialogProps, type DialogProps } from './dialog.tsx';
export type { FieldProps } from './field.tsx';
export { useFocusRestored } from './focus-restored.ts';
export { FormatProvider, useFormat, type Formatter, type StoreFormat } from './format-context.tsx';
export { FunctionKey, FunctionRow, type FunctionKeyProps } from './function-key.tsx';
export { HiddenTitle } from './hidden-title.tsx';
export { hiddenFromSight } from './hidden.ts';
export { Icon } from './icon.tsx';
export { IconButton, type IconButtonProps } from './icon-button.tsx';
export { isolated } from './isolated.tsx';
export { allKeyActions, keyPlaces, rulesOf, type KeyAction, type KeyPlace } from './key-actions.ts';
export { useKeyBindings, type KeyBindings } from './key-bindings-context.tsx';
export {
  changeKey,
  clashesOf,
  keyOf,
  readStroke,
  refusalOf,
  swapKeys,
  type KeyChanges,
  type Refusal,
} from './key-bindings.ts';
export { KeyCap, usePrintedKeys, type KeyCapProps } from './key-cap.tsx';
export { PageScrollProvider } from './long-rows.ts';
export { Logo, type LogoProps } from './logo.tsx';
export { MoneyField, type MoneyFieldProps } from './money-field.tsx';
export { LastScanned, Notice, NoticeSlot, type LastScannedProps, type NoticeProps } from './notice.tsx';
export { NumPad, type NumPadProps, type PadExtra } from './num-pad.tsx';
export { typeKey, type EntryRules, type NumPadKey } from './num-pad-keys.ts';
export { PageHeader, type PageHeaderProps } from './page-header.tsx';
export { Panel, type PanelProps } from './panel.tsx';
export { PinPad, type PinPadProps } from './pin-pad.tsx';
export { ProductGrid, ProductTile, type ProductGridProps, type ProductTileProps } from './product-tile.tsx';
export { QuantityField, type QuantityFieldProps } from './quantity-field.tsx';
export { Receipt, ReceiptFoot, ReceiptHead, ReceiptRow, ReceiptRule, type ReceiptRowProps } from './receipt.tsx';
export { ReceiptQr, type ReceiptQrProps } from './receipt-qr.tsx';
export { RovingGroup, type RovingGroupProps } from './roving-group.tsx';
export { SearchField, type SearchFieldProps } from './search-field.tsx';
export { SegmentedControl, type SegmentedControlProps } from './segmented-control.tsx';
export { Select, type Choice, type SelectProps } from './select.tsx';
export { severityIcons, type Severity } from './severity.ts';
export { ShortcutLayerScope, useKeyRecorder, useShortcut, type ShortcutOptions } from './shortcut-context.tsx';
export type { KeyStroke, ShortcutKeys } from './shortcuts.ts';
export { SideNavigation, type NavigationEntry, type SideNavigationProps } from './side-navigation.tsx';
export { Slate, type SlateProps } from './slate.tsx';
export { Bar, Stat, StatRow, type StatProps } from './stat.tsx';
export {
  EmptyState,
  ErrorState,
  LoadingState,
  type EmptyStateProps,
  type ErrorStateProps,
  type LoadingStateProps,
} from './states.tsx';
export { Steps, type StepsProps } from './steps.tsx';
export { Switch, type SwitchProps } from './switch.tsx';
export { Table, type Column, type Sort, type TableProps } from './table.tsx';
export type { FetchedRows, ListPlace } from './table-rows.ts';
export { Tabs, type TabPage, type TabsProps } from './tabs.tsx';
export { TextField, type TextFieldProps } from './text-field.tsx';
export {
  changeAppearance,
  rememberedAppearance,
  startAppearance,
  themes,
  type Appearance,
  type Theme,
} from './theme.ts';
export { Tip } from './tip.tsx';
export { Toast, type ToastProps } from './toast.tsx';
export { TopBar, type TopBarProps } from './top-bar.tsx';
export { HiddenFigure, SumList, SumRow, TotalsBar, type SumRowProps, type TotalsBarProps } from './totals.tsx';
export { type FarPrice, useFarPrice, useFarPrices } from './far-price.tsx';
export { UiProvider } from './ui-provider.tsx';
export { VirtualList, type VirtualListProps } from './virtual-list.tsx';
export { withPlus } from './with-plus.ts';
