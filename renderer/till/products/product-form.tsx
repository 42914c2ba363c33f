import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { ErrorCode } from '../../../shared/contract/errors.ts';
import {
  Button,
  Checkbox,
  ConfirmDialog,
  MoneyField,
  Notice,
  PageHeader,
  Panel,
  Select,
  Switch,
  TextField,
  useFarPrice,
  useFormat,
} from '../../ui/index.ts';
import type { Category, Decision, Product, Tax } from '../data/operations.ts';
import { useCommand } from '../data/use-command.ts';
import { useAmountText } from '../frame/amount-text.ts';
import { useFailureText } from '../frame/failure-text.ts';
import { useAtTheTill } from '../frame/session-context.tsx';
import { useScanner } from '../scan/index.ts';
import { Barcodes } from './barcodes.tsx';
import { DecisionNotices } from './decision-notices.tsx';
import { changesOf, type Draft, draftOf, units } from './product-draft.ts';
import s from '../frame/page.module.css';

const none = 'none';
const priceFaults: readonly ErrorCode[] = ['money.malformed', 'money.negative', 'money.too_fine', 'money.too_large'];

export interface ProductFormProps {
  /** Null for a new one. */
  readonly product: Product | null;
  readonly categories: readonly Category[];
  readonly taxes: readonly Tax[];
  /** What is changed here is decided at the head office. */
  readonly isProposed: boolean;
  /** What became of the changes that were made here. */
  readonly decisions: readonly Decision[];
  readonly onBack: () => void;
}

/** All that a product is. Only what was changed is sent, with the version that it was changed from. */
export function ProductForm(props: ProductFormProps): ReactNode {
  const { categories, decisions, isProposed, onBack, product, taxes } = props;
  const { t } = useTranslation(['products', 'common']);
  const format = useFormat();
  const amountText = useAmountText();
  const failureText = useFailureText();
  const { can } = useAtTheTill();
  const [, goTo] = useLocation();
  const price = product?.price_minor ?? null;
  const [draft, setDraft] = useState<Draft>(() => draftOf(product, price === null ? '' : format.amount(price), taxes));
  const [base, setBase] = useState(product);
  const [isTried, setIsTried] = useState(false);
  const [isRetiring, setIsRetiring] = useState(false);
  const [saved, setSaved] = useState<string | null>(null);
  const create = useCommand('product.create');
  const edit = useCommand('product.edit');
  const mayEdit = can('product.edit');
  const far = useFarPrice(draft.price, base?.price_minor ?? null);
  const failure = create.failure ?? edit.failure;
  const change = (changes: Partial<Draft>): void => {
    create.clear();
    edit.clear();
    setSaved(null);
    setDraft((now) => ({ ...now, ...changes }));
  };
  // A scan while a product is open is one of its barcodes, not a sale.
  useScanner((code, heard) => {
    const isTaken = mayEdit && !draft.barcodes.includes(code);
    heard(isTaken ? 'good' : 'bad');
    if (isTaken) change({ barcodes: [...draft.barcodes, code] });
  });
  const fault = (...codes: readonly ErrorCode[]): string | undefined =>
    failure !== undefined && codes.includes(failure.code) ? failureText(failure) : undefined;
  const missing = (text: string, words: string): string | undefined =>
    isTried && text.trim() === '' ? words : undefined;

  const save = async (): Promise<void> => {
    setIsTried(true);
    if (draft.name.trim() === '' || draft.sku.trim() === '' || create.isPending || edit.isPending) return;
    if (!far.isMeant()) return;
    const fields = { ...draft, price: draft.price === '' ? null : amountText(draft.price) };
    if (base === null) {
      const result = await create.run(fields);
      if (result.ok) goTo(`/products/${result.value.product}`);
      return;
    }
    const changes = changesOf(base, fields, format.plainAmount);
    const result = await edit.run({ product: base.product, against: base.revision, changes });
    if (!result.ok) return;
    setBase(result.value);
    setSaved(result.value.name);
  };
  const setActive = async (active: boolean): Promise<void> => {
    setIsRetiring(false);
    if (base === null) return;
    const result = await edit.run({ product: base.product, against: base.revision, changes: { active } });
    if (result.ok) setBase(result.value);
  };
  /** Somebody else saved in between: what they wrote, in the place of what was typed here. */
  const reload = (): void => {
    edit.clear();
    setBase(product);
    setDraft(draftOf(product, price === null ? '' : format.amount(price), taxes));
  };
  return (
    <div className={s['page']}>
      <PageHeader
        detail={base === null ? undefined : base.sku}
        onBack={onBack}
        title={base === null ? t('form.new') : mayEdit ? t('form.edit') : t('form.show')}
      />
      {isProposed && decisions.length === 0 && (
        <Notice severity="info" title={t('readOnly')}>
          {mayEdit ? t('proposedHint') : t('readOnlyHint')}
        </Notice>
      )}
      <DecisionNotices decisions={decisions} />
      {saved !== null && <Notice severity="ok" title={t('form.saved', { name: saved })} />}
      {failure !== undefined && (
        <Notice
          actions={
            failure.code === 'record.changed' ? (
              <Button onPress={reload} size="small">
                {t('common:actions.reload')}
              </Button>
            ) : undefined
          }
          severity="bad"
          title={failureText(failure)}
        />
      )}
      <div className={s['scroll']}>
        <div className={s['columns']}>
          <Panel hasPadding>
            <TextField
              autoFocus={base === null}
              error={missing(draft.name, t('form.nameMissing'))}
              isReadOnly={!mayEdit}
              isRequired
              label={t('form.name')}
              maxLength={200}
              onChange={(name) => change({ name })}
              onSubmit={() => void save()}
              path="name"
              value={draft.name}
            />
            <div className={s['pair']}>
              <TextField
                error={missing(draft.sku, t('form.skuMissing')) ?? fault('product.sku_taken')}
                isCode
                isReadOnly={!mayEdit}
                isRequired
                label={t('form.sku')}
                maxLength={64}
                onChange={(sku) => change({ sku })}
                onSubmit={() => void save()}
                path="sku"
                value={draft.sku}
              />
              <MoneyField
                description={t('form.priceHint')}
                error={fault(...priceFaults)}
                isReadOnly={!mayEdit}
                label={t('form.price')}
                onChange={(typed) => change({ price: typed })}
                onSubmit={() => void save()}
                path="price"
                value={draft.price}
              />
            </div>
            {far.question(() => void save())}
            <div className={s['pair']}>
              <Select
                choices={units.map((id) => ({ id, label: t(`units.${id}`) }))}
                isDisabled={!mayEdit}
                label={t('form.unit')}
                onChange={(unit) => change({ unit })}
                value={draft.unit}
              />
              <Select
                choices={[
                  { id: none, label: t('form.noCategory') },
                  ...categories
                    .filter(({ active, category }) => active || category === draft.category)
                    .map(({ category, name }) => ({ id: category, label: name })),
                ]}
                isDisabled={!mayEdit}
                label={t('form.category')}
                onChange={(id) =>
                  change({ category: categories.find(({ category }) => category === id)?.category ?? null })
                }
                value={draft.category ?? none}
              />
            </div>
            <Switch isDisabled={!mayEdit} isSelected={draft.stocked} onChange={(stocked) => change({ stocked })}>
              {t('form.stocked')}
            </Switch>
          </Panel>
          <Panel hasPadding>
            <div className={s['group']}>
              <p className={s['label']}>{t('form.taxes')}</p>
              {taxes.length === 0 && <p>{t('form.noTaxes')}</p>}
              {taxes
                .filter(({ active, tax }) => active || draft.taxes.includes(tax))
                .map(({ code, name, rate_millionths, tax }) => (
                  <Checkbox
                    isDisabled={!mayEdit}
                    isSelected={draft.taxes.includes(tax)}
                    key={tax}
                    onChange={(isOn) =>
                      change({ taxes: isOn ? [...draft.taxes, tax] : draft.taxes.filter((one) => one !== tax) })
                    }
                  >
                    <bdi>{code}</bdi> · <bdi>{name}</bdi> · <bdi>{format.rate(rate_millionths)}</bdi>
                  </Checkbox>
                ))}
            </div>
            <Barcodes
              barcodes={draft.barcodes}
              error={fault('product.barcode_taken', 'product.barcode_malformed')}
              isReadOnly={!mayEdit}
              onChange={(barcodes) => change({ barcodes })}
            />
          </Panel>
        </div>
      </div>
      {mayEdit && (
        <footer className={s['actions']}>
          {base !== null && (
            <span className={s['apart']}>
              <Button
                isPending={edit.isPending}
                onPress={() => (base.active ? setIsRetiring(true) : void setActive(true))}
                size="function"
                variant={base.active ? 'danger' : 'plain'}
              >
                {base.active ? t('form.deactivate') : t('form.reactivate')}
              </Button>
            </span>
          )}
          <Button onPress={onBack} shortcut="cancel" shortcutInFields size="function">
            {t('common:actions.back')}
          </Button>
          <Button
            isPending={create.isPending || edit.isPending}
            onPress={() => void save()}
            shortcut="save"
            size="function"
            variant="primary"
          >
            {base === null ? t('form.create') : t('form.save')}
          </Button>
        </footer>
      )}
      <ConfirmDialog
        confirmLabel={t('form.deactivate')}
        isDangerous
        isOpen={isRetiring}
        onCancel={() => setIsRetiring(false)}
        onConfirm={() => void setActive(false)}
        title={t('form.retireTitle', { name: base?.name ?? '' })}
      >
        {t('form.retireBody')}
      </ConfirmDialog>
    </div>
  );
}
