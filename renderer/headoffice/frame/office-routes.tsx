import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Route, Switch } from 'wouter';
import { isUuid } from '../../../shared/ids.ts';
import { EmptyState, PageHeader } from '../../ui/index.ts';
import { CatalogueScreen } from '../catalogue/catalogue-screen.tsx';
import { InboxScreen } from '../inbox/inbox-screen.tsx';
import { ReportsScreen } from '../reports/reports-screen.tsx';
import { SaleScreen } from '../sale/sale-screen.tsx';
import { SalesScreen } from '../sales/sales-screen.tsx';
import { SettingsScreen } from '../settings/settings-screen.tsx';
import { StaffScreen } from '../staff/staff-screen.tsx';
import { CountScreen } from '../stock/count-screen.tsx';
import { StockScreen } from '../stock/stock-screen.tsx';
import { TransferScreen } from '../stock/transfer-screen.tsx';
import { EnrolScreen } from '../tills/enrol-screen.tsx';
import { TillsScreen } from '../tills/tills-screen.tsx';
import { TodayScreen } from '../today/today-screen.tsx';

/** Every page by its address. */
export function OfficeRoutes(): ReactNode {
  return (
    <Switch>
      <Route path="/">
        <TodayScreen />
      </Route>
      <Route path="/sales">
        <SalesScreen />
      </Route>
      <Route path="/sales/:store/:sale">
        {({ sale, store }) =>
          isUuid(store) && isUuid(sale) ? (
            // Which nouns they name is what the address says; the server answers that it knows none otherwise.
            <SaleScreen key={sale} sale={sale as never} store={store as never} />
          ) : (
            <NoPage />
          )
        }
      </Route>
      <Route path="/tills">
        <TillsScreen />
      </Route>
      <Route path="/tills/enrol">
        <EnrolScreen />
      </Route>
      <Route path="/inbox">
        <InboxScreen />
      </Route>
      <Route path="/catalogue">
        <CatalogueScreen />
      </Route>
      <Route path="/stock">
        <StockScreen page="counts" />
      </Route>
      <Route path="/stock/transfers">
        <StockScreen page="transfers" />
      </Route>
      <Route path="/stock/transfers/:number">{({ number }) => <TransferScreen key={number} number={number} />}</Route>
      <Route path="/stock/:store/:count">
        {({ count, store }) =>
          isUuid(store) && isUuid(count) ? (
            // As above.
            <CountScreen count={count as never} key={count} store={store as never} />
          ) : (
            <NoPage />
          )
        }
      </Route>
      <Route path="/staff">
        <StaffScreen />
      </Route>
      <Route path="/reports">
        <ReportsScreen />
      </Route>
      <Route path="/settings">
        <SettingsScreen />
      </Route>
      <Route>
        <NoPage />
      </Route>
    </Switch>
  );
}

function NoPage(): ReactNode {
  const { t } = useTranslation('headoffice');
  return (
    <>
      <PageHeader title={t('state.noPage')} />
      <EmptyState title={t('state.noPage')} />
    </>
  );
}
