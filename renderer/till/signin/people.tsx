import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { StaffId } from '../../../shared/ids.ts';
import { Avatar, classNames, RovingGroup } from '../../ui/index.ts';
import s from './people.module.css';

export interface PeopleProps {
  readonly people: readonly { readonly staff: StaffId; readonly name: string }[];
  readonly chosen: StaffId | null;
  readonly onChoose: (staff: StaffId) => void;
}

/** The people who work here, to touch or to reach with the arrows. */
export function People({ chosen, onChoose, people }: PeopleProps): ReactNode {
  const { t } = useTranslation('signin');
  return (
    <RovingGroup className={s['people']} label={t('people')}>
      {people.map(({ name, staff }) => (
        <Button
          aria-pressed={staff === chosen}
          className={classNames(s['person'], staff === chosen && s['chosen'])}
          data-roving=""
          key={staff}
          onPress={() => onChoose(staff)}
        >
          <Avatar name={name} tone={staff === chosen ? 'quiet' : 'fill'} />
          <span className={s['name']} dir="auto">
            {name}
          </span>
        </Button>
      ))}
    </RovingGroup>
  );
}
