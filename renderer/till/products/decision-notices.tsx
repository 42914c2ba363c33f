import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Notice, type Severity, useFormat } from '../../ui/index.ts';
import type { Decision } from '../data/operations.ts';
import { useCommand } from '../data/use-command.ts';
import { useAtTheTill } from '../frame/session-context.tsx';
import s from './products.module.css';
import { useFieldValue } from './use-field-value.ts';

const severities: Readonly<Record<Decision['state'], Severity>> = {
  undecided: 'info',
  waiting: 'info',
  taken: 'ok',
  kept: 'warn',
  refused: 'warn',
};
/** So many lie above a list without hiding it. */
const shownAtOnce = 2;

/** What became of the changes that were made here to the head office's catalogue, each to be put away once it was read. */
export function DecisionNotices({ decisions }: { readonly decisions: readonly Decision[] }): ReactNode {
  const { t } = useTranslation('products');
  const { can } = useAtTheTill();
  const dismiss = useCommand('product.dismiss_decision');
  const words = useDecisionWords();
  const [showsAll, setShowsAll] = useState(false);
  if (decisions.length === 0) return null;
  const rest = decisions.length - shownAtOnce;
  return (
    <div className={s['decisions']}>
      {(showsAll ? decisions : decisions.slice(0, shownAtOnce)).map((decision) => {
        const { field, product, seq, state } = decision;
        const { detail, title } = words(decision);
        const isDone = state !== 'undecided' && state !== 'waiting';
        return (
          <Notice
            actions={
              isDone && field !== null && can('product.edit') ? (
                <Button
                  isDisabled={dismiss.isPending}
                  onPress={() => void dismiss.run({ product, field, seq })}
                  size="small"
                >
                  {t('decisions.dismiss')}
                </Button>
              ) : undefined
            }
            key={`${product} ${String(field)} ${String(seq)}`}
            severity={severities[state]}
            title={title}
          >
            {detail}
          </Notice>
        );
      })}
      {rest > 0 && !showsAll && (
        <Button onPress={() => setShowsAll(true)} size="small" variant="quiet">
          {t('decisions.more', { count: rest })}
        </Button>
      )}
    </div>
  );
}

function useDecisionWords(): (decision: Decision) => { readonly title: string; readonly detail: string | undefined } {
  const { t } = useTranslation('products');
  const format = useFormat();
  const valueOf = useFieldValue();
  return ({ at, before, by, field, kept, name, reason, state, wanted }) => {
    if (field === null) return { title: t('decisions.made', { name }), detail: t('decisions.undecidedHint') };
    const said = {
      name,
      field: t(`decisions.fields.${field}`),
      wanted: valueOf(field, wanted),
      kept: valueOf(field, kept),
      till: before ?? '',
    };
    const decided = by === null || at === null ? undefined : t('decisions.decided', { by, time: format.dateTime(at) });
    switch (state) {
      case 'undecided':
        return { title: t('decisions.undecided', said), detail: t('decisions.undecidedHint') };
      case 'waiting':
        return { title: t('decisions.waiting', said), detail: t(`decisions.why.${whyOf(reason, before)}`, said) };
      case 'taken':
        return { title: t('decisions.taken', said), detail: decided };
      case 'kept':
        return { title: t('decisions.kept', said), detail: decided };
      case 'refused':
        return { title: t('decisions.refused', said), detail: t('decisions.why.unknown', said) };
    }
  };
}

function whyOf(reason: string | null, before: string | null): 'stale' | 'staleBy' | 'clash' | 'permission' | 'other' {
  if (reason === 'stale' && before !== null) return 'staleBy';
  return reason === 'stale' || reason === 'clash' || reason === 'permission' ? reason : 'other';
}
