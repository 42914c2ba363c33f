import { ArrowDown, ArrowUp, ArrowUpDown } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { classNames } from './class-names.ts';
import { isolated } from './isolated.tsx';
import { useLongRows } from './long-rows.ts';
import { usePrinting } from './printing.ts';
import { RovingGroup } from './roving-group.tsx';
import { useSteadyColumns } from './steady-columns.ts';
import { hiddenFromSight } from './hidden.ts';
import s from './table.module.css';
import { type FetchedRows, type ListPlace, usePlace, useRowFocus, useSight } from './table-rows.ts';

export interface Column<Row> {
  readonly id: string;
  readonly title: string;
  readonly render: (row: Row) => ReactNode;
  /** Figures stand at the end, their last digits on one edge. */
  readonly isFigure?: boolean | undefined;
  readonly isSortable?: boolean | undefined;
  /** The column that names the row, for screen readers. */
  readonly isRowName?: boolean | undefined;
  /** `narrow` is as wide as its content. */
  readonly width?: 'narrow' | 'wide' | undefined;
}

export interface Sort {
  readonly column: string;
  readonly direction: 'up' | 'down';
}

export interface TableProps<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  /** Of a long list only those in sight are in the page. */
  readonly rows: readonly Row[] | FetchedRows<Row>;
  readonly rowId: (row: Row) => string;
  readonly sort?: Sort | undefined;
  readonly onSort?: ((sort: Sort) => void) | undefined;
  readonly onRowPress?: ((row: Row) => void) | undefined;
  readonly selected?: string | undefined;
  /** Rows that are no longer in use are written more quietly. */
  readonly isFaded?: ((row: Row) => boolean) | undefined;
  /** In the place of rows: EmptyState, LoadingState or ErrorState. */
  readonly placeholder?: ReactNode;
  /** Sums, under the rows. */
  readonly footer?: ReactNode;
  /** Its cells hold controls, which are stops of their own. */
  readonly hasControls?: boolean | undefined;
  /** Roomy rows for a till, 60 px. */
  readonly isRoomy?: boolean | undefined;
  /** The list is seen again where it was left. */
  readonly place?: ListPlace | undefined;
}

/** As many rows are all there; of a longer list only those in sight are. */
const shortTable = 60;
const row_px = 44;
const roomyRow_px = 60;

/** Rows and columns; headers stay in sight, and sort where that makes sense. The rows come sorted from outside. */
export function Table<Row>(props: TableProps<Row>): ReactNode {
  const { columns, onRowPress, rowId } = props;
  const isPressable = onRowPress !== undefined;
  const body = useRef<HTMLTableSectionElement>(null);
  const isPrinting = usePrinting();
  const rows = asFetched(props.rows);
  const [focused, setFocused] = useState<number>();
  const long = useLongRows({
    count: rows.count,
    // Paper has no scroll bar.
    short: isPrinting ? Number.POSITIVE_INFINITY : shortTable,
    estimate_px: props.isRoomy === true ? roomyRow_px : row_px,
    idOf: (index) => keyAt(props.rows, index, rowId),
    within: body,
    kept: focused,
    begin_px: props.place?.begin_px,
  });
  useSight(rows, long.sight);
  usePlace(body, rows.of, props.place);
  useRowFocus(body, long.isLong ? rows.count : 0, setFocused);
  useSteadyColumns(body, long.isLong);
  return (
    <RovingGroup
      className={classNames(s['scroller'], props.isRoomy && s['roomy'])}
      isScrollStop={!isPressable && props.hasControls !== true}
      label={props.label}
    >
      <table aria-label={props.label} aria-rowcount={long.isLong ? rows.count + 1 : undefined} className={s['table']}>
        <thead>
          <tr aria-rowindex={long.isLong ? 1 : undefined}>
            {columns.map((column) => (
              <HeaderCell column={column} key={column.id} onSort={props.onSort} sort={props.sort} />
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {long.pieces.map((piece) =>
            piece.kind === 'room' ? (
              <tr aria-hidden="true" key={piece.key} style={{ blockSize: piece.size_px }} />
            ) : (
              <TableRow
                index={long.isLong ? piece.index : undefined}
                key={keyAt(props.rows, piece.index, rowId)}
                measure={long.measure}
                of={props}
                row={rows.at(piece.index)}
              />
            ),
          )}
        </tbody>
        {props.footer !== undefined && <tfoot>{props.footer}</tfoot>}
      </table>
      {rows.count === 0 && props.placeholder}
    </RovingGroup>
  );
}

function asFetched<Row>(rows: TableProps<Row>['rows']): FetchedRows<Row> {
  if (!isList(rows)) return rows;
  return { count: rows.length, at: (index) => rows[index], onSight: () => undefined, of: '' };
}

/** TypeScript's own `Array.isArray` knows nothing of read-only lists. */
function isList<Row>(rows: TableProps<Row>['rows']): rows is readonly Row[] {
  return Array.isArray(rows);
}

/** What React knows a row by. One that is fetched has its number: it keeps its element, and the focus, when it comes. */
function keyAt<Row>(rows: TableProps<Row>['rows'], index: number, rowId: (row: Row) => string): string {
  const row = isList(rows) ? rows[index] : undefined;
  return row === undefined ? String(index) : rowId(row);
}

function TableRow<Row>(props: {
  readonly of: TableProps<Row>;
  readonly row: Row | undefined;
  /** Its place in a long list. */
  readonly index: number | undefined;
  readonly measure: ((element: Element | null) => void) | undefined;
}): ReactNode {
  const { index, measure, row } = props;
  const { columns, isFaded, onRowPress, rowId, selected } = props.of;
  const isPressable = onRowPress !== undefined;
  return (
    <tr
      aria-busy={row === undefined ? true : undefined}
      aria-current={row !== undefined && selected === rowId(row) ? 'true' : undefined}
      aria-rowindex={index === undefined ? undefined : index + 2}
      className={classNames(
        s['row'],
        isPressable && s['pressable'],
        row !== undefined && isFaded?.(row) === true && s['faded'],
      )}
      data-index={index}
      data-roving={isPressable ? '' : undefined}
      onClick={(event) => {
        // A control inside the row keeps its own press.
        if (row !== undefined && event.target instanceof Element && event.target.closest('button, a, input') === null)
          onRowPress?.(row);
      }}
      onKeyDown={(event) => {
        if (event.target !== event.currentTarget || (event.key !== 'Enter' && event.key !== ' ')) return;
        event.preventDefault();
        if (row !== undefined) onRowPress?.(row);
      }}
      ref={measure}
      tabIndex={isPressable ? -1 : undefined}
    >
      {columns.map((column) =>
        row === undefined ? (
          <td className={classNames(s['cell'], s['faded'])} key={column.id}>
            …
          </td>
        ) : (
          <BodyCell column={column} key={column.id} row={row} />
        ),
      )}
    </tr>
  );
}

function BodyCell<Row>({ column, row }: { readonly column: Column<Row>; readonly row: Row }): ReactNode {
  const className = classNames(s['cell'], column.isFigure && s['figure'], column.width && s[column.width]);
  if (column.isRowName !== true) return <td className={className}>{isolated(column.render(row))}</td>;
  return (
    <th className={classNames(className, s['name'])} scope="row">
      {isolated(column.render(row))}
    </th>
  );
}

function HeaderCell<Row>(props: {
  readonly column: Column<Row>;
  readonly sort: Sort | undefined;
  readonly onSort: ((sort: Sort) => void) | undefined;
}): ReactNode {
  const { column, onSort, sort } = props;
  const { t } = useTranslation('common');
  const direction = sort?.column === column.id ? sort.direction : undefined;
  const ariaSort = direction === undefined ? 'none' : direction === 'up' ? 'ascending' : 'descending';
  const Icon = direction === undefined ? ArrowUpDown : direction === 'up' ? ArrowUp : ArrowDown;
  const className = classNames(s['header'], column.isFigure && s['figure'], column.width && s[column.width]);
  if (column.isSortable !== true || onSort === undefined) {
    return (
      <th className={className} data-names={column.isRowName === true ? '' : undefined} scope="col">
        {column.title}
      </th>
    );
  }
  return (
    <th aria-sort={ariaSort} className={className} data-names={column.isRowName === true ? '' : undefined} scope="col">
      <Button
        className={s['sort'] ?? ''}
        onPress={() => onSort({ column: column.id, direction: direction === 'up' ? 'down' : 'up' })}
      >
        {column.title}
        <Icon aria-hidden="true" className={classNames(s['sort-icon'], direction === undefined && s['unsorted'])} />
        {direction !== undefined && (
          <span className={hiddenFromSight}>{direction === 'up' ? t('table.sortedUp') : t('table.sortedDown')}</span>
        )}
      </Button>
    </th>
  );
}
