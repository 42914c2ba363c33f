import { ShieldCheck } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import s from './approval-panel.module.css';
import { Avatar } from './avatar.tsx';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';
import { Notice } from './notice.tsx';
import { PinPad } from './pin-pad.tsx';
import { useFocusRestored } from './focus-restored.ts';
import { ShortcutLayerScope } from './shortcut-context.tsx';
import { TextField } from './text-field.tsx';

export interface Approver {
  readonly id: string;
  readonly name: string;
}

export interface ApprovalPanelProps {
  readonly title?: string | undefined;
  /** What is approved: the amount, the tender, who asks and why. */
  readonly children: ReactNode;
  /** Undefined while it is asked who they are. */
  readonly approvers: readonly Approver[] | undefined;
  readonly approver: string | null;
  readonly onChooseApprover: (id: string) => void;
  /** The PIN, or the password when `usesPassword`. */
  readonly credential: string;
  readonly onCredentialChange: (credential: string) => void;
  readonly usesPassword?: boolean | undefined;
  readonly onUsePassword?: (() => void) | undefined;
  readonly pinDigits?: number | undefined;
  readonly onApprove: () => void;
  readonly onRefuse: () => void;
  readonly error?: string | undefined;
  readonly isPending?: boolean | undefined;
}

/**
 * The manager's prompt. It docks in the sale's column, beside what is approved, so the lines stay readable; it takes the
 * focus and gives it back, and holds once.
 */
export function ApprovalPanel(props: ApprovalPanelProps): ReactNode {
  const titleId = useId();
  useFocusRestored();
  return (
    <section aria-labelledby={titleId} className={s['panel']} role="dialog">
      <ShortcutLayerScope>
        <ApprovalFace {...props} titleId={titleId} />
      </ShortcutLayerScope>
    </section>
  );
}

function ApprovalFace(props: ApprovalPanelProps & { readonly titleId: string }): ReactNode {
  const { approver, approvers, credential, isPending = false, onApprove } = props;
  const { t } = useTranslation('common');
  const chosen = approvers?.find(({ id }) => id === approver);
  return (
    <>
      <h2 className={s['head']} id={props.titleId}>
        <ShieldCheck aria-hidden="true" className={s['shield']} />
        {props.title ?? t('approval.title')}
      </h2>
      <div className={s['body']}>
        <div className={s['what']}>{props.children}</div>
        <div aria-label={t('approval.who')} className={s['who']} role="group">
          {approvers?.map(({ id, name }) => (
            <AriaButton
              aria-pressed={id === approver}
              className={classNames(s['person'], id === approver && s['chosen'])}
              key={id}
              onPress={() => props.onChooseApprover(id)}
              preventFocusOnPress
            >
              <Avatar name={name} tone="quiet" />
              <span className={s['name']}>
                <bdi>{name}</bdi>
              </span>
            </AriaButton>
          ))}
        </div>
        {approvers?.length === 0 ? (
          <Notice severity="warn" title={t('approval.nobody')} />
        ) : (
          <ApprovalCredential {...props} chosen={chosen} />
        )}
        <div className={s['actions']}>
          <Button onPress={props.onRefuse} shortcut="cancel" shortcutInFields>
            {t('approval.refuse')}
          </Button>
          <Button
            isDisabled={credential === '' || chosen === undefined}
            isPending={isPending}
            onPress={onApprove}
            shortcut="confirm"
            shortcutInFields
            variant="primary"
          >
            {t('approval.approveOnce')}
          </Button>
        </div>
      </div>
    </>
  );
}

function ApprovalCredential(props: ApprovalPanelProps & { readonly chosen: Approver | undefined }): ReactNode {
  const { chosen, credential, error, isPending = false, onCredentialChange } = props;
  const { t } = useTranslation('common');
  if (props.usesPassword === true) {
    return (
      <TextField
        autoComplete="off"
        autoFocus
        error={error}
        isDisabled={isPending}
        label={t('pin.usePassword')}
        onChange={onCredentialChange}
        type="password"
        value={credential}
      />
    );
  }
  return (
    <PinPad
      autoFocus
      digits={props.pinDigits}
      error={error}
      isDisabled={isPending}
      label={
        chosen === undefined ? t('pin.label') : t('pin.labelFor', { name: chosen.name.split(' ')[0] ?? chosen.name })
      }
      onChange={onCredentialChange}
      onUsePassword={props.onUsePassword}
      value={credential}
    />
  );
}
