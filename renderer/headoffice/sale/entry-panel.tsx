import { Copy, Link2 } from 'lucide-react';
import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, classNames, Icon, Notice, Panel, SegmentedControl, useFormat } from '../../ui/index.ts';
import type { Sale } from '../data/operations.ts';
import { bytesOf, readableLines, readBytes, storedText } from './entry-bytes.ts';
import s from './entry-panel.module.css';

/** The journal entry: its place in the chain, its hash, its bytes. */
export function EntryPanel({ sale }: { readonly sale: Sale }): ReactNode {
  const { t } = useTranslation('headoffice');
  const format = useFormat();
  const [form, setForm] = useState<'readable' | 'stored'>('readable');
  const { entry } = sale;
  const bytes = useMemo(() => bytesOf(entry.bytes_base64), [entry.bytes_base64]);
  return (
    <Panel
      actions={
        <SegmentedControl
          choices={[
            { id: 'readable', label: t('entry.readable') },
            { id: 'stored', label: t('entry.stored') },
          ]}
          label={t('entry.form')}
          onChange={setForm}
          value={form}
        />
      }
      detail={t('entry.place', {
        till: sale.till_name,
        epoch: format.integer(entry.epoch ?? 0),
        seq: format.integer(entry.seq),
        bytes: format.integer(bytes.length),
      })}
      title={t('entry.title')}
    >
      <div className={s['content']}>
        <ChainLinks sale={sale} />
        <HashRow hash={entry.hash} />
        {form === 'readable' ? <ReadableBytes bytes={bytes} /> : <StoredBytes bytes={bytes} />}
      </div>
    </Panel>
  );
}

/** The beginning and the end of a hash, which is what people compare. */
function shortHash(hash: string): string {
  return `${hash.slice(0, 8)}…${hash.slice(-8)}`;
}

function ChainLinks({ sale }: { readonly sale: Sale }): ReactNode {
  const { t } = useTranslation('headoffice');
  const format = useFormat();
  const { entry, next, previous } = sale;
  const own = sale.kind === 'sale' ? t('entry.thisSale') : t('entry.thisRefund');
  return (
    <ol className={s['chain']}>
      <ChainLink
        hash={previous?.hash ?? entry.previous_hash}
        kind={previous === null ? t('entry.begin') : (previous.kind ?? t('entry.unread'))}
        seq={format.integer(previous?.seq ?? 0)}
      />
      <ChainLink hash={entry.hash} isOwn kind={own} seq={format.integer(entry.seq)} />
      {next === null ? (
        <li className={classNames(s['link'], s['none'])}>{t('entry.last')}</li>
      ) : (
        <ChainLink hash={next.hash} kind={next.kind ?? t('entry.unread')} seq={format.integer(next.seq)} />
      )}
    </ol>
  );
}

function ChainLink(props: {
  readonly seq: string;
  readonly kind: string;
  readonly hash: string;
  readonly isOwn?: boolean;
}): ReactNode {
  return (
    <li className={classNames(s['link'], props.isOwn && s['own'])}>
      <span className={s['between']}>
        <Icon icon={Link2} />
      </span>
      <span>
        <bdi className={s['seq']}>{props.seq}</bdi> <bdi>{props.kind}</bdi>
      </span>
      <span className={s['hash']} dir="ltr">
        {shortHash(props.hash)}
      </span>
    </li>
  );
}

function HashRow({ hash }: { readonly hash: string }): ReactNode {
  const { t } = useTranslation(['headoffice', 'common']);
  const [isCopied, setIsCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(hash);
    setIsCopied(true);
  };
  return (
    <div className={s['hash-row']}>
      <bdi className={s['hash-name']}>SHA-256</bdi>
      <code className={s['hash-whole']} dir="ltr">
        {hash}
      </code>
      <Button icon={Copy} onPress={() => void copy()}>
        {isCopied ? t('entry.copied') : t('common:actions.copy')}
      </Button>
    </div>
  );
}

/** Where bytes are read; it scrolls by itself, so the page keeps its place. */
function BytesBox({ children, label }: { readonly children: ReactNode; readonly label: string }): ReactNode {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scroller without it can't be scrolled by keyboard
    <div aria-label={label} className={s['bytes']} dir="ltr" role="group" tabIndex={0}>
      {children}
    </div>
  );
}

function StoredBytes({ bytes }: { readonly bytes: Uint8Array }): ReactNode {
  const { t } = useTranslation('headoffice');
  return <BytesBox label={t('entry.stored')}>{storedText(bytes)}</BytesBox>;
}

function ReadableBytes({ bytes }: { readonly bytes: Uint8Array }): ReactNode {
  const { t } = useTranslation('headoffice');
  const value = useMemo(() => readBytes(bytes), [bytes]);
  if (value === undefined) return <Notice severity="bad" title={t('entry.unreadable')} />;
  return (
    <BytesBox label={t('entry.readable')}>
      {readableLines(value).map((line, i) => (
        // Lines have no names of their own, and never move.
        <span className={s['line']} key={i}>
          {line.map((piece, place) =>
            piece.isName ? (
              <span className={s['name']} key={place}>
                {piece.text}
              </span>
            ) : (
              piece.text
            ),
          )}
        </span>
      ))}
    </BytesBox>
  );
}
