import { ArrowDown, ArrowUp, ArrowUpDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { classNames } from './class-names.ts';
import { isolated } from './isolated.tsx';
import { RovingGroup } from './roving-group.tsx';
import s from './table.module.css';

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
  readonly rows: readonly Row[];
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
  /** Roomy rows for a till, 56 px. */
  readonly isRoomy?: boolean | undefined;
}

/** Rows and columns; headers stay in sight, and sort where that makes sense. The rows come sorted from outside. */
export function Table<Row>(props: TableProps<Row>): ReactNode {
  const { columns, onRowPress, rowId, rows } = props;
  const isPressable = onRowPress !== undefined;
  return (
    <RovingGroup
      className={classNames(s['scroller'], props.isRoomy && s['roomy'])}
      isScrollStop={!isPressable && props.hasControls !== true}
      label={props.label}
    >
      <table aria-label={props.label} className={s['table']}>
        <thead>
          <tr>
            {columns.map((column) => (
              <HeaderCell column={column} key={column.id} onSort={props.onSort} sort={props.sort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr
              aria-current={props.selected === rowId(row) ? 'true' : undefined}
              className={classNames(
                s['row'],
                isPressable && s['pressable'],
                props.isFaded?.(row) === true && s['faded'],
              )}
              data-roving={isPressable ? '' : undefined}
              key={rowId(row)}
              onClick={(event) => {
                // A control inside the row keeps its own press.
                if (event.target instanceof Element && event.target.closest('button, a, input') === null)
                  onRowPress?.(row);
              }}
              onKeyDown={(event) => {
                if (event.target !== event.currentTarget || (event.key !== 'Enter' && event.key !== ' ')) return;
                event.preventDefault();
                onRowPress?.(row);
              }}
              tabIndex={isPressable ? -1 : undefined}
            >
              {columns.map((column) => (
                <BodyCell column={column} key={column.id} row={row} />
              ))}
            </tr>
          ))}
        </tbody>
        {props.footer !== undefined && <tfoot>{props.footer}</tfoot>}
      </table>
      {rows.length === 0 && props.placeholder}
    </RovingGroup>
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
      <th className={className} scope="col">
        {column.title}
      </th>
    );
  }
  return (
    <th aria-sort={ariaSort} className={className} scope="col">
      <Button
        className={s['sort'] ?? ''}
        onPress={() => onSort({ column: column.id, direction: direction === 'up' ? 'down' : 'up' })}
      >
        {column.title}
        <Icon aria-hidden="true" className={classNames(s['sort-icon'], direction === undefined && s['unsorted'])} />
        {direction !== undefined && (
          <span className={s['hidden']}>{direction === 'up' ? t('table.sortedUp') : t('table.sortedDown')}</span>
        )}
      </Button>
    </th>
  );
}
