import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Table } from '../../ui/index.ts';
import { TwoLines } from '../frame/two-lines.tsx';

interface Line {
  readonly product: string;
  readonly sku: string;
  readonly name: string;
}

export interface ProductLinesProps<Of extends Line> {
  readonly label: string;
  readonly lines: readonly Of[];
  readonly figures: readonly {
    readonly id: string;
    readonly title: string;
    readonly render: (line: Of) => ReactNode;
  }[];
  /** In the place of lines. */
  readonly placeholder?: ReactNode;
}

/** What a document says of each product: which it is, then its figures. */
export function ProductLines<Of extends Line>(props: ProductLinesProps<Of>): ReactNode {
  const { figures, label, lines, placeholder } = props;
  const { t } = useTranslation('headoffice');
  return (
    <Table<Of>
      columns={[
        {
          id: 'product',
          title: t('stock.product'),
          isRowName: true,
          render: ({ name, sku }) => <TwoLines detail={<bdi>{sku}</bdi>} title={name} />,
          width: 'wide',
        },
        ...figures.map((figure) => ({ ...figure, isFigure: true })),
      ]}
      label={label}
      placeholder={placeholder}
      rowId={({ product }) => product}
      rows={lines}
    />
  );
}
