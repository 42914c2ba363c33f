import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';
import s from './dialog.module.css';
import { IconButton } from './icon-button.tsx';
import { isolated } from './isolated.tsx';
import type { KeyAction } from './key-actions.ts';
import { ShortcutLayerScope, useShortcut } from './shortcut-context.tsx';

export interface DialogProps {
  readonly isOpen: boolean;
  /** Escape, the close button, a press beside it. Without it the dialog has to be answered. */
  readonly onClose?: (() => void) | undefined;
  readonly title: string;
  readonly children: ReactNode;
  /** The buttons, beneath; the one that goes on stands last. */
  readonly actions?: ReactNode;
  /** 420, 620 or 960 px. */
  readonly size?: 'small' | 'medium' | 'large' | undefined;
  readonly role?: 'dialog' | 'alertdialog' | undefined;
}

/**
 * A question or a form over the screen. Keeps the focus inside and gives it back; the keys of the page beneath are
 * silent, the scanner is not. Not for news: those belong into the notice slot.
 */
export function Dialog(props: DialogProps): ReactNode {
  const { isOpen, onClose, size = 'medium' } = props;
  return (
    <ModalOverlay
      className={s['scrim'] ?? ''}
      isDismissable={onClose !== undefined}
      isKeyboardDismissDisabled
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose?.();
      }}
    >
      <Modal className={classNames(s['dialog'], s[size])}>
        <AriaDialog className={s['inside'] ?? ''} role={props.role ?? 'dialog'}>
          <ShortcutLayerScope>
            <DialogFace {...props} />
          </ShortcutLayerScope>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

function DialogFace({ actions, children, onClose, role, title }: DialogProps): ReactNode {
  const { t } = useTranslation('common');
  useShortcut('cancel', () => onClose?.(), { inFields: true, isEnabled: onClose !== undefined });
  return (
    <>
      <header className={s['head']}>
        <Heading className={s['title'] ?? ''} level={2} slot="title">
          {isolated(title)}
        </Heading>
        {onClose !== undefined && role !== 'alertdialog' && (
          <IconButton icon={X} label={t('actions.close')} onPress={onClose} size="small" variant="quiet" />
        )}
      </header>
      <div className={s['body']}>{children}</div>
      {actions !== undefined && <footer className={s['actions']}>{actions}</footer>}
    </>
  );
}

export interface ConfirmDialogProps {
  readonly isOpen: boolean;
  readonly title: string;
  /** What will happen, and what is kept. */
  readonly children: ReactNode;
  readonly confirmLabel: string;
  readonly onConfirm: () => void;
  readonly confirmShortcut?: KeyAction | undefined;
  readonly cancelLabel?: string | undefined;
  readonly onCancel: () => void;
  /** What is confirmed can't be taken back. */
  readonly isDangerous?: boolean | undefined;
  readonly isPending?: boolean | undefined;
}

/** "Void this basket?": two buttons, the safe one has the focus. */
export function ConfirmDialog(props: ConfirmDialogProps): ReactNode {
  const { t } = useTranslation('common');
  const actions = (
    <>
      <Button autoFocus onPress={props.onCancel} shortcut="cancel" shortcutInFields>
        {props.cancelLabel ?? t('actions.cancel')}
      </Button>
      <Button
        isPending={props.isPending}
        onPress={props.onConfirm}
        shortcut={props.confirmShortcut}
        variant={props.isDangerous === true ? 'danger' : 'primary'}
      >
        {props.confirmLabel}
      </Button>
    </>
  );
  return (
    <Dialog actions={actions} isOpen={props.isOpen} role="alertdialog" size="small" title={props.title}>
      {props.children}
    </Dialog>
  );
}
