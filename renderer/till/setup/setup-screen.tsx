import { Network, Sparkles, Store, type LucideIcon } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Notice, Panel } from '../../ui/index.ts';
import type { Answer } from '../data/operations.ts';
import { useAccess } from '../data/till-context.tsx';
import { useCommand } from '../data/use-command.ts';
import { useFailureText } from '../frame/failure-text.ts';
import { LineNotice } from '../frame/line-notice.tsx';
import { PlainPage } from '../frame/plain-page.tsx';
import type { LineState } from '../host.ts';
import { JoinForm } from './join-form.tsx';
import type { Left } from './left-context.ts';
import { ShopForm } from './shop-form.tsx';
import s from './setup-screen.module.css';

type Way = 'choose' | 'shop' | 'join';

/** A till's first day: look around, open a shop, or join one. */
export function SetupScreen(props: {
  readonly line: LineState;
  /** The till that was left here just now. */
  readonly left: Left | null;
  readonly onDemo: (signIns: Answer<'setup.try_demo'>['sign_ins']) => void;
  readonly onJoined: (joined: Answer<'setup.join'>) => void;
}): ReactNode {
  const { left, line, onDemo, onJoined } = props;
  const { t } = useTranslation('setup');
  const [way, setWay] = useState<Way>('choose');
  const { queries } = useAccess();
  const demo = useCommand('setup.try_demo');
  const failureText = useFailureText();
  const goOn = (): void => void queries.invalidateQueries({ queryKey: ['setup'] });
  const join = (joined: Answer<'setup.join'>): void => {
    onJoined(joined);
    goOn();
  };
  const tryDemo = async (): Promise<void> => {
    const result = await demo.run({});
    if (result.ok) onDemo(result.value.sign_ins);
  };

  if (line === 'refused') {
    return (
      <PlainPage>
        <LineNotice line={line} />
      </PlainPage>
    );
  }
  if (way === 'shop') return <ShopForm onBack={() => setWay('choose')} onDone={goOn} />;
  if (way === 'join') return <JoinForm onBack={() => setWay('choose')} onDone={join} />;
  return (
    <PlainPage hint={t('hint')} title={t('title')}>
      {left !== null && <LeftNotice left={left} />}
      {demo.failure !== undefined && <Notice severity="bad" title={failureText(demo.failure)} />}
      <div className={s['ways']}>
        <WayCard
          begin={t('demo.begin')}
          icon={Sparkles}
          isPending={demo.isPending}
          onPress={() => void tryDemo()}
          title={t('demo.title')}
        >
          {t('demo.body')}
        </WayCard>
        <WayCard begin={t('shop.begin')} icon={Store} isPrimary onPress={() => setWay('shop')} title={t('shop.title')}>
          {t('shop.body')}
        </WayCard>
        <WayCard begin={t('join.begin')} icon={Network} onPress={() => setWay('join')} title={t('join.title')}>
          {t('join.body')}
        </WayCard>
      </div>
    </PlainPage>
  );
}

/** What became of the till that was left: where its file is, and what somebody still has to do. */
function LeftNotice({ left }: { readonly left: Left }): ReactNode {
  const { t } = useTranslation('setup');
  const code = left.till_code;
  return (
    <div className={s['notices']}>
      <Notice severity={left.was_joined && !left.told ? 'warn' : 'ok'} title={t('leave.done', { code })}>
        {left.was_joined && <p>{left.told ? t('leave.told') : t('leave.notTold', { code })}</p>}
        <p>{t('leave.kept', { file: `till.db.${left.kept}` })}</p>
      </Notice>
    </div>
  );
}

function WayCard(props: {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly children: ReactNode;
  readonly begin: string;
  readonly onPress: () => void;
  readonly isPrimary?: boolean;
  readonly isPending?: boolean;
}): ReactNode {
  const { begin, children, icon: Icon, isPending = false, isPrimary = false, onPress, title } = props;
  return (
    <Panel hasPadding label={title}>
      <div className={s['way']}>
        <Icon aria-hidden="true" className={s['icon']} />
        <h2 className={s['title']}>{title}</h2>
        <p className={s['body']}>{children}</p>
        <Button
          isPending={isPending}
          isWide
          onPress={onPress}
          size="function"
          variant={isPrimary ? 'primary' : 'plain'}
        >
          {begin}
        </Button>
      </div>
    </Panel>
  );
}
