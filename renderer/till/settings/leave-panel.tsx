import { LogOut } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Dialog, Panel, SegmentedControl, TextField } from '../../ui/index.ts';
import { useAsk } from '../data/use-ask.ts';
import { useCommand } from '../data/use-command.ts';
import { CancelButton } from '../frame/cancel-button.tsx';
import { Emphasis } from '../frame/emphasis.tsx';
import { useFailureText } from '../frame/failure-text.ts';
import { Fit } from '../frame/fit.tsx';
import { useAtTheTill } from '../frame/session-context.tsx';
import { useTellLeft } from '../setup/left-context.ts';
import s from '../frame/page.module.css';

/** The way out: for whoever may, and only when nothing is left open or on its way. */
export function LeavePanel(): ReactNode {
  const { t } = useTranslation('setup');
  const { can, hasShift, status } = useAtTheTill();
  const sync = useAsk('sync.status', {});
  // Asked before the dialog opens, so that nothing in it moves.
  const kinds = useOwnCredentials();
  const [isOpen, setIsOpen] = useState(false);
  if (!can('till.enrol')) return null;
  const code = status.till_code ?? '';
  const isJoined = status.authority === 'joined';
  const waiting = isJoined ? (sync.data?.waiting ?? 0) : 0;
  const why = hasShift ? t('leave.shiftOpen') : waiting > 0 ? t('leave.waiting', { count: waiting }) : undefined;
  return (
    <Panel hasPadding title={t('leave.title')}>
      <div className={s['group']}>
        <p>{t(isJoined ? 'leave.joined' : 'leave.alone', { code })}</p>
        <div>
          <Button disabledReason={why} icon={LogOut} onPress={() => setIsOpen(true)} variant="danger">
            {t('leave.begin')}
          </Button>
        </div>
      </div>
      <Dialog
        isOpen={isOpen}
        onClose={() => setIsOpen(false)}
        role="alertdialog"
        size="medium"
        title={t('leave.ask', { code })}
      >
        <LeaveForm isJoined={isJoined} kinds={kinds} onClose={() => setIsOpen(false)} />
      </Dialog>
    </Panel>
  );
}

function LeaveForm(props: {
  readonly isJoined: boolean;
  readonly kinds: readonly Kind[];
  readonly onClose: () => void;
}): ReactNode {
  const { isJoined, kinds, onClose } = props;
  const { t } = useTranslation('setup');
  const failureText = useFailureText();
  const { settings, status } = useAtTheTill();
  const tellLeft = useTellLeft();
  const leave = useCommand('setup.leave');
  const [shopName, setShopName] = useState('');
  const [chosen, setChosen] = useState<Kind | null>(null);
  const [secret, setSecret] = useState('');
  const kind = chosen ?? kinds[0] ?? 'password';
  const isReady = secret !== '' && (isJoined || shopName.trim() !== '');
  const submit = async (): Promise<void> => {
    if (!isReady || leave.isPending) return;
    const result = await leave.run({ credential: { kind, secret }, shop_name: isJoined ? null : shopName });
    if (result.ok) tellLeft(result.value);
    else setSecret('');
  };
  const isNameWrong = leave.failure?.code === 'leave.name_wrong';
  return (
    <div className={s['form']}>
      {isJoined ? (
        <p>{t('leave.joined', { code: status.till_code ?? '' })}</p>
      ) : (
        <>
          <p>
            <Emphasis>{t('leave.nameBody', { name: settings.name })}</Emphasis>
          </p>
          <TextField
            autoFocus
            error={isNameWrong ? failureText(leave.failure) : undefined}
            label={t('leave.name')}
            maxLength={500}
            onChange={(typed) => {
              setShopName(typed);
              leave.clear();
            }}
            path="shop_name"
            value={shopName}
          />
        </>
      )}
      {kinds.length > 1 && (
        <Fit>
          <SegmentedControl
            choices={kinds.map((id) => ({ id, label: t(`leave.${id}`) }))}
            label={t('leave.prove')}
            onChange={(id) => {
              setChosen(id);
              setSecret('');
              leave.clear();
            }}
            value={kind}
          />
        </Fit>
      )}
      <TextField
        autoComplete="current-password"
        autoFocus={isJoined}
        error={isNameWrong ? undefined : failureText(leave.failure)}
        inputMode={kind === 'pin' ? 'numeric' : 'text'}
        isCode
        label={t(kind === 'pin' ? 'leave.yourPin' : 'leave.yourPassword')}
        maxLength={1024}
        onChange={(typed) => {
          setSecret(typed);
          leave.clear();
        }}
        onSubmit={() => void submit()}
        type="password"
        value={secret}
      />
      <div className={s['actions']}>
        <CancelButton onPress={onClose} />
        <Button isDisabled={!isReady} isPending={leave.isPending} onPress={() => void submit()} variant="danger">
          {t('leave.begin')}
        </Button>
      </div>
    </div>
  );
}

type Kind = 'password' | 'pin';

/** What whoever is signed in can prove it with; both where this screen may not know. */
function useOwnCredentials(): readonly Kind[] {
  const { can, session } = useAtTheTill();
  const staff = useAsk('staff.list', {}, { isEnabled: can('staff.view') });
  const own = staff.data?.staff.find((member) => member.staff === session.staff);
  if (own === undefined) return ['password', 'pin'];
  return [...(own.has_password ? (['password'] as const) : []), ...(own.has_pin ? (['pin'] as const) : [])];
}
