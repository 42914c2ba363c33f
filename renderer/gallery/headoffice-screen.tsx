import {
  ChartColumn,
  Download,
  Inbox,
  LayoutDashboard,
  Monitor,
  Package,
  Receipt as ReceiptIcon,
  Settings,
  ShieldCheck,
  Store,
  Users,
} from 'lucide-react';
import { useState, type ReactNode } from 'react';
import {
  AmountText,
  Bar,
  Button,
  Chip,
  Notice,
  PageHeader,
  Panel,
  Select,
  SideNavigation,
  Stat,
  StatRow,
  Table,
  type Sort,
} from '../ui/index.ts';
import { ExampleReceipt } from './done-screen.tsx';
import s from './gallery.module.css';

const nothing = (): void => undefined;

const stores = [
  { id: '1', name: 'Harbour Street', sales_minor: 451280, receipts: '318', share: 1 },
  { id: '2', name: 'Old Market', sales_minor: 390615, receipts: '271', share: 0.86 },
  { id: '3', name: 'Quay Warehouse', sales_minor: 218840, receipts: '122', share: 0.48 },
  { id: '4', name: 'Station Kiosk', sales_minor: 79285, receipts: '101', share: 0.17 },
];

const tills = [
  { id: '1', name: 'Kiosk 1', head: '5,163', here: '5,163', lag: '0', state: <Chip severity="bad">Cloned</Chip> },
  { id: '2', name: 'Quay 2', head: '4,512', here: '4,498', lag: '14', state: <Chip severity="warn">2 h 11 min</Chip> },
  { id: '3', name: 'Harbour St 1', head: '18,204', here: '18,204', lag: '0', state: <Chip severity="ok">Equal</Chip> },
];

/** The head office's first page, put together as the console is. */
export function HeadofficeScreen(): ReactNode {
  const [sort, setSort] = useState<Sort>({ column: 'sales', direction: 'down' });
  const [store, setStore] = useState('all');
  return (
    <div className={s['office']}>
      <SideNavigation
        current="today"
        entries={[
          { id: 'today', label: 'Today', icon: LayoutDashboard, href: '#headoffice' },
          { id: 'sales', label: 'Sales', icon: ReceiptIcon, href: '#headoffice' },
          { id: 'inbox', label: 'Inbox', icon: Inbox, href: '#headoffice', count: 4 },
          { id: 'tills', label: 'Tills', icon: Monitor, href: '#headoffice' },
          { id: 'products', label: 'Products', icon: Package, href: '#headoffice' },
          { id: 'staff', label: 'Staff', icon: Users, href: '#headoffice' },
          { id: 'reports', label: 'Reports', icon: ChartColumn, href: '#headoffice' },
        ]}
        lastEntries={[{ id: 'settings', label: 'Settings', icon: Settings, href: '#headoffice' }]}
        person={{ name: 'Elena Lindqvist', detail: 'Head office' }}
      />
      <main className={s['officePage']}>
        <PageHeader
          actions={
            <>
              <Select
                choices={[
                  { id: 'all', label: 'All 4 stores' },
                  { id: 'harbour', label: 'Harbour Street' },
                ]}
                icon={Store}
                isLabelHidden
                label="Store"
                onChange={setStore}
                value={store}
              />
              <Button icon={Download} onPress={nothing}>
                Export
              </Button>
            </>
          }
          detail="Friday 20 November 2026, business day since 04:00"
          onBack={nothing}
          state={<Chip severity="ok">Confirmed</Chip>}
          title="Today"
        />
        <StatRow>
          <Stat
            detail="11.1 % over last Friday"
            isMain
            label="Sales, confirmed"
            value={<AmountText amount_minor={1140020} hasSign />}
          />
          <Stat detail="up from 764" label="Receipts" value="812" />
          <Stat detail="9 receipts, 1.6 %" label="Refunds" value={<AmountText amount_minor={18635} hasSign />} />
          <Stat detail="at 2 tills, oldest 2 h 11 min" label="Not yet here" value="26 entries" />
        </StatRow>
        <div className={s['officeGrid']}>
          <div className={s['area']}>
            <Notice
              actions={<Button onPress={nothing}>Verify again</Button>}
              icon={ShieldCheck}
              severity="ok"
              title="Chain verified"
            >
              Till and head office agree. Checked at 15:24, entries 1 to 9 821.
            </Notice>
            <Panel title="By store">
              <Table
                columns={[
                  { id: 'name', title: 'Store', render: ({ name }) => name, isRowName: true, isSortable: true },
                  {
                    id: 'sales',
                    title: 'Sales',
                    render: ({ sales_minor }) => <AmountText amount_minor={sales_minor} isStrong />,
                    isFigure: true,
                    isSortable: true,
                  },
                  { id: 'bar', title: 'Share', render: ({ share }) => <Bar share={share} /> },
                  { id: 'receipts', title: 'Receipts', render: ({ receipts }) => receipts, isFigure: true },
                ]}
                label="By store"
                onRowPress={nothing}
                onSort={setSort}
                rowId={({ id }) => id}
                rows={stores}
                selected="2"
                sort={sort}
              />
            </Panel>
            <Panel detail="worst first" title="Tills">
              <Table
                columns={[
                  { id: 'name', title: 'Till', render: ({ name }) => name, isRowName: true },
                  { id: 'head', title: 'Its head', render: ({ head }) => head, isFigure: true },
                  { id: 'here', title: 'Here', render: ({ here }) => here, isFigure: true },
                  { id: 'lag', title: 'Lag', render: ({ lag }) => lag, isFigure: true },
                  { id: 'state', title: 'State', render: ({ state }) => state, width: 'narrow' },
                ]}
                label="Tills"
                rowId={({ id }) => id}
                rows={tills}
              />
            </Panel>
          </div>
          <div className={s['paper']}>
            <ExampleReceipt />
          </div>
        </div>
      </main>
    </div>
  );
}
