import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components';
import s from './tabs.module.css';

export interface TabPage {
  readonly id: string;
  readonly label: ReactNode;
  readonly icon?: LucideIcon | undefined;
  readonly content: ReactNode;
}

export interface TabsProps {
  readonly label: string;
  readonly pages: readonly TabPage[];
  readonly selected?: string | undefined;
  readonly onChange?: ((id: string) => void) | undefined;
}

/** Pages of one thing, one at a time. */
export function Tabs({ label, onChange, pages, selected }: TabsProps): ReactNode {
  return (
    <AriaTabs
      {...(selected === undefined ? {} : { selectedKey: selected })}
      className={s['tabs'] ?? ''}
      onSelectionChange={(key) => onChange?.(String(key))}
    >
      <TabList aria-label={label} className={s['list'] ?? ''}>
        {pages.map(({ icon: Icon, id, label: words }) => (
          <Tab className={s['tab'] ?? ''} id={id} key={id}>
            {Icon !== undefined && <Icon aria-hidden="true" className={s['icon']} />}
            {words}
          </Tab>
        ))}
      </TabList>
      {pages.map(({ content, id }) => (
        <TabPanel className={s['panel'] ?? ''} id={id} key={id}>
          {content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
