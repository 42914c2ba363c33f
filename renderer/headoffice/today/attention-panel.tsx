import { CopyX, FileWarning, GitFork, History } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Button, Panel, useFormat, Notice } from '../../ui/index.ts';
import type { TillRow } from '../data/operations.ts';
import { useAsk } from '../data/use-ask.ts';
import s from './attention-panel.module.css';

/** The states of a till in which its entries and ours part, as the inbox has them. */
const signs = {
  replaced: { icon: CopyX, title: 'today.claimed', hint: 'today.after' },
  fork: { icon: GitFork, title: 'today.forked', hint: 'today.after' },
  behind: { icon: History, title: 'today.restored', hint: 'today.restoredHint' },
} as const;

type Bad = keyof typeof signs;

const isBad = (till: TillRow): till is TillRow & { readonly state: Bad } => Object.hasOwn(signs, till.state);

/** What somebody has to look at. Nothing, where nothing is wrong. */
export function AttentionPanel(): ReactNode {
  const { t } = useTranslation('headoffice');
  const format = useFormat();
  const [, go] = useLocation();
  const tills = useAsk('till.list', {});
  const held = useAsk('quarantine.list', { limit: 1 });
  const bad = (tills.data?.tills ?? []).filter(isBad);
  const [entry] = held.data?.entries ?? [];
  const total = held.data?.total ?? 0;
  const count = bad.length + (total > 0 ? 1 : 0);
  if (count === 0) return null;
  const look = <Button onPress={() => go('/inbox')}>{t('today.look')}</Button>;
  return (
    <Panel detail={t('today.needLook', { count })} title={t('today.attention')}>
      <div className={s['list']}>
        {bad.map((till) => {
          const { hint, icon, title } = signs[till.state];
          return (
            <Notice
              actions={look}
              icon={icon}
              key={till.till}
              severity="bad"
              title={t(title, { till: till.till_name })}
            >
              {t(hint, { seq: format.integer(till.held.seq) })}
            </Notice>
          );
        })}
        {entry !== undefined && (
          <Notice actions={look} icon={FileWarning} severity="warn" title={t('today.quarantined', { count: total })}>
            {t('today.quarantinedHint', { till: entry.till_name, seq: format.integer(entry.seq) })}
          </Notice>
        )}
      </div>
    </Panel>
  );
}
