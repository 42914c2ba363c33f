import type { ReactNode } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { type CountId, isUuid, type ProductId, type SaleId, type ShiftId, type StaffId } from '../../../shared/ids.ts';
import { DoneScreen } from '../done/done-screen.tsx';
import { PayScreen } from '../pay/pay-screen.tsx';
import { CategoriesScreen } from '../products/categories-screen.tsx';
import { ProductScreen } from '../products/product-screen.tsx';
import { ProductsScreen } from '../products/products-screen.tsx';
import { FreeRefundScreen } from '../refund/free-refund-screen.tsx';
import { RefundScreen } from '../refund/refund-screen.tsx';
import { SalesScreen } from '../sales/sales-screen.tsx';
import { SellScreen } from '../sell/sell-screen.tsx';
import { SettingsScreen } from '../settings/settings-screen.tsx';
import { CashScreen } from '../shift/cash-screen.tsx';
import { CloseScreen } from '../shift/close-screen.tsx';
import { ClosingsScreen } from '../shift/closings-screen.tsx';
import { OpenShiftScreen } from '../shift/open-shift-screen.tsx';
import { ReportScreen } from '../shift/report-screen.tsx';
import { StaffMemberScreen } from '../staff/staff-member-screen.tsx';
import { StaffScreen } from '../staff/staff-screen.tsx';
import { CorrectScreen } from '../stock/correct-screen.tsx';
import { DifferencesScreen } from '../stock/differences-screen.tsx';
import { ReceiveScreen } from '../stock/receive-screen.tsx';
import { SendScreen } from '../stock/send-screen.tsx';
import { StockScreen } from '../stock/stock-screen.tsx';
import { TakeScreen } from '../stock/take-screen.tsx';
import { TakenScreen } from '../stock/taken-screen.tsx';
import { TransferScreen } from '../stock/transfer-screen.tsx';
import { TransfersScreen } from '../stock/transfers-screen.tsx';
import { SupportScreen } from '../support/support-screen.tsx';
import { SyncScreen } from '../sync/sync-screen.tsx';
import { useAtTheTill } from './session-context.tsx';

/** A part of the address as the UUID of what it must name; undefined sends back to selling. */
function idFrom<Id extends string>(text: string): Id | undefined {
  // `isUuid` has read it; that it names what the route is about the till finds out.
  return isUuid(text) ? (text as string as Id) : undefined;
}

/** Which screen stands where. Selling needs an open shift; the rest does not. */
export function TillRoutes(): ReactNode {
  const { hasShift } = useAtTheTill();
  return (
    <Switch>
      <Route path="/">{hasShift ? <SellScreen /> : <OpenShiftScreen />}</Route>
      <Route path="/pay/:kind?">
        {({ kind }) =>
          hasShift ? <PayScreen kind={kind === 'card' ? 'card' : 'cash'} key={kind} /> : <Redirect to="/" />
        }
      </Route>
      <Route path="/done/:sale">{({ sale }) => withId<SaleId>(sale, (id) => <DoneScreen key={id} sale={id} />)}</Route>
      <Route path="/sales/:sale?">{({ sale }) => <SalesScreen sale={idFrom<SaleId>(sale ?? '') ?? null} />}</Route>
      <Route path="/refund/:sale?">
        {({ sale }) =>
          hasShift ? <RefundScreen key={sale ?? ''} sale={idFrom<SaleId>(sale ?? '') ?? null} /> : <Redirect to="/" />
        }
      </Route>
      <Route path="/refund-free">{hasShift ? <FreeRefundScreen /> : <Redirect to="/" />}</Route>
      <Route path="/shift">
        <ReportScreen />
      </Route>
      <Route path="/shift/cash/:direction">
        {({ direction }) =>
          hasShift ? <CashScreen direction={direction === 'out' ? 'out' : 'in'} key={direction} /> : <Redirect to="/" />
        }
      </Route>
      <Route path="/shift/close">
        <CloseScreen />
      </Route>
      <Route path="/shift/closed/:shift?">
        {({ shift }) => <ClosingsScreen shift={idFrom<ShiftId>(shift ?? '') ?? null} />}
      </Route>
      <Route path="/products">
        <ProductsScreen />
      </Route>
      <Route path="/products/new">
        <ProductScreen product={null} />
      </Route>
      <Route path="/products/:product">
        {({ product }) => withId<ProductId>(product, (id) => <ProductScreen key={id} product={id} />)}
      </Route>
      <Route path="/stock">
        <StockScreen />
      </Route>
      <Route path="/stock/take">
        <TakeScreen />
      </Route>
      <Route path="/stock/take/differences">
        <DifferencesScreen />
      </Route>
      <Route path="/stock/transfers">
        <TransfersScreen />
      </Route>
      <Route path="/stock/transfers/send">
        <SendScreen />
      </Route>
      <Route path="/stock/transfers/:number">{({ number }) => <TransferScreen key={number} number={number} />}</Route>
      <Route path="/stock/transfers/:number/receive">
        {({ number }) => <ReceiveScreen key={number} number={number} />}
      </Route>
      <Route path="/stock/transfers/:number/correct">
        {({ number }) => <CorrectScreen key={number} number={number} />}
      </Route>
      <Route path="/stock/taken/:count">
        {({ count }) => withId<CountId>(count, (id) => <TakenScreen count={id} key={id} />)}
      </Route>
      <Route path="/categories">
        <CategoriesScreen />
      </Route>
      <Route path="/staff">
        <StaffScreen />
      </Route>
      <Route path="/staff/new">
        <StaffMemberScreen member={null} />
      </Route>
      <Route path="/staff/:member">
        {({ member }) => withId<StaffId>(member, (id) => <StaffMemberScreen key={id} member={id} />)}
      </Route>
      <Route path="/sync">
        <SyncScreen />
      </Route>
      <Route path="/support">
        <SupportScreen />
      </Route>
      <Route path="/settings">
        <SettingsScreen />
      </Route>
      <Route>
        <Redirect to="/" />
      </Route>
    </Switch>
  );
}

function withId<Id extends string>(text: string, render: (id: Id) => ReactNode): ReactNode {
  const id = idFrom<Id>(text);
  return id === undefined ? <Redirect to="/" /> : render(id);
}
