import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import {
  Button,
  keyOf,
  keyPlaces,
  rulesOf,
  useKeyBindings,
  usePrintedKeys,
  type KeyAction,
  type KeyPlace,
  hiddenFromSight,
} from '../../ui/index.ts';
import { ChangeKeyDialog } from './change-key-dialog.tsx';
import s from './keys-list.module.css';
import { useKeyNames } from './use-key-names.ts';

/** Actions with their keys, by where they are; one that is chosen gets another key. */
export function KeysList({ keys }: { readonly keys: readonly KeyAction[] }): ReactNode {
  const { t } = useTranslation('keys');
  const { change, changes } = useKeyBindings();
  const names = useKeyNames();
  const [chosen, setChosen] = useState<KeyAction | null>(null);
  if (keys.length === 0) return null;
  const count = Object.keys(changes).length;
  const byPlace = keyPlaces.flatMap((place) => {
    const here = keys.filter((action) => rulesOf(action).places[0] === place);
    return here.length === 0 ? [] : [{ place, here }];
  });
  return (
    <section className={s['keys']}>
      <header className={s['head']}>
        <div>
          <h3 className={s['title']}>{t('title')}</h3>
          <p className={s['hint']}>{count === 0 ? t('hint') : t('changed', { count })}</p>
        </div>
        {count > 0 && (
          <Button onPress={() => change({})} size="small">
            {t('usual')}
          </Button>
        )}
      </header>
      {byPlace.map(({ here, place }) => (
        <PlaceKeys actions={here} key={place} onChoose={setChosen} place={place} />
      ))}
      {chosen !== null && (
        <ChangeKeyDialog action={chosen} name={names.action(chosen)} onClose={() => setChosen(null)} />
      )}
    </section>
  );
}

function PlaceKeys(props: {
  readonly actions: readonly KeyAction[];
  readonly place: KeyPlace;
  readonly onChoose: (action: KeyAction) => void;
}): ReactNode {
  const { actions, onChoose, place } = props;
  const { t } = useTranslation('keys');
  const { changes } = useKeyBindings();
  const names = useKeyNames();
  const printed = usePrintedKeys();
  return (
    <div aria-label={names.place(place)} className={s['place']} role="group">
      <h4 className={s['label']}>{names.place(place)}</h4>
      <div className={s['rows']}>
        {actions.map((action) => {
          const keys = keyOf(changes, action);
          const isFixed = rulesOf(action).isFixed === true;
          const where = names.where(action);
          const about =
            keys === undefined
              ? t('rowNone', { where })
              : t(isFixed ? 'rowFixed' : 'row', { where, keys: printed(keys) });
          return (
            <Button
              aboutKeys={keys}
              align="spread"
              disabledReason={isFixed ? t('refused.same') : undefined}
              isWide
              key={action}
              onPress={() => onChoose(action)}
              size="small"
              variant="quiet"
            >
              {names.action(action)}
              <span className={hiddenFromSight}>{about}</span>
            </Button>
          );
        })}
      </div>
    </div>
  );
}
