import {
  Archive,
  BadgePercent,
  Banknote,
  CreditCard,
  DoorOpen,
  Ellipsis,
  Hash,
  SearchX,
  SquarePen,
  Tag as TagIcon,
  Undo2,
  UserPlus,
} from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import {
  AmountText,
  BasketLine,
  BasketList,
  Button,
  CategoryChips,
  FunctionKey,
  FunctionRow,
  HiddenTitle,
  LastScanned,
  Notice,
  NoticeSlot,
  Panel,
  ProductGrid,
  ProductTile,
  QuantityField,
  SearchField,
  Slate,
  SyncChip,
  Tag,
  TopBar,
  TotalsBar,
  type CategoryChip,
} from '../ui/index.ts';
import { arabic, english, more, type Example } from './examples.ts';
import s from './gallery.module.css';

const englishChips: readonly CategoryChip[] = [
  { id: 'favourites', name: 'Favourites', tint: 'favourites' },
  { id: 'bakery', name: 'Bakery', tint: 'bakery' },
  { id: 'produce', name: 'Fruit & veg', tint: 'produce' },
  { id: 'dairy', name: 'Dairy', tint: 'dairy' },
  { id: 'drinks', name: 'Drinks', tint: 'drinks' },
  { id: 'home', name: 'Home & gifts', tint: 'home' },
];
const arabicChips: readonly CategoryChip[] = [
  { id: 'favourites', name: 'المفضلة', tint: 'favourites' },
  { id: 'bakery', name: 'مخبوزات', tint: 'bakery' },
  { id: 'produce', name: 'خضار', tint: 'produce' },
  { id: 'dairy', name: 'ألبان', tint: 'dairy' },
  { id: 'drinks', name: 'مشروبات', tint: 'drinks' },
];

const nothing = (): void => undefined;

function tilesFor(language: string): readonly Example[] {
  if (language === 'ar') return arabic;
  return innerWidth >= 1800 ? [...english, ...more] : english;
}

/** Selling, put together as the till's screen is. */
export function SellScreen(): ReactNode {
  const { i18n } = useTranslation();
  const isArabic = i18n.language === 'ar';
  const isDark = document.documentElement.dataset['theme'] === 'dark';
  const [query, setQuery] = useState('');
  const words = (en: string, ar: string): string => (isArabic ? ar : en);
  const isTouch = innerWidth < 1200;
  return (
    <div className={s['till']}>
      <TopBar
        cashier={{ name: words('Jonas M.', 'سارة ع.'), detail: words('Shift since 07:58', 'الوردية منذ 07:58') }}
        clock="14:31"
        onLock={nothing}
        store={words('Harbour Street', 'شارع الميناء')}
        sync={
          isDark ? (
            <SyncChip state="waiting">12 waiting, oldest 3 min</SyncChip>
          ) : (
            <SyncChip state="confirmed">{words('412 of 412 confirmed', 'تم تأكيد 412 من 412')}</SyncChip>
          )
        }
        till={words('Till 2', 'نقطة البيع 2')}
      />
      <main className={s['work']}>
        <HiddenTitle>Sell</HiddenTitle>
        <div className={s['area']}>
          <div className={s['scan']}>
            <SearchField
              autoFocus
              isArmed
              isLabelHidden
              label={words('Scan, or type name or SKU', 'امسح أو اكتب اسم الصنف')}
              onChange={setQuery}
              placeholder={words('Scan, or type name or SKU', 'امسح أو اكتب اسم الصنف')}
              shortcut="find"
              value={query}
            />
            <NoticeSlot>
              {isTouch ? (
                <Button icon={Undo2} keepsFocus onPress={nothing}>
                  {words('Undo', 'تراجع')}
                </Button>
              ) : isDark ? (
                <Notice
                  actions={
                    <>
                      <Button onPress={nothing}>Search name</Button>
                      <Button onPress={nothing}>Add product</Button>
                    </>
                  }
                  icon={SearchX}
                  isInSlot
                  onClose={nothing}
                  severity="warn"
                  title="Unknown barcode 5012345678900"
                >
                  Nothing was added. Keep scanning.
                </Notice>
              ) : (
                <LastScanned
                  detail="Added 1.20 + 0.20 deposit"
                  name="Still spring water, glass 0.75 l"
                  onUndo={nothing}
                />
              )}
            </NoticeSlot>
          </div>
          <CategoryChips
            categories={isArabic ? arabicChips : englishChips}
            label={words('Categories', 'الأقسام')}
            onSelect={nothing}
            selected="favourites"
          />
          <ProductGrid label={words('Favourites', 'المفضلة')}>
            {tilesFor(i18n.language).map((product) => (
              <ProductTile
                icon={product.icon}
                inBasket_milli={product.inBasket_milli}
                key={product.name}
                name={product.name}
                note={product.price_minor === null ? words('price', 'السعر') : product.note}
                onPress={nothing}
                price={
                  product.price_minor === null ? (
                    words('open', 'مفتوح')
                  ) : (
                    <AmountText amount_minor={product.price_minor} />
                  )
                }
                tint={product.tint}
              />
            ))}
          </ProductGrid>
          <FunctionRow label={words('Actions', 'الإجراءات')}>
            <FunctionKey icon={Hash} onPress={nothing} shortcut="quantity">
              {words('Quantity', 'الكمية')}
            </FunctionKey>
            {!isTouch && innerWidth >= 1800 && (
              <FunctionKey icon={UserPlus} onPress={nothing}>
                Customer
              </FunctionKey>
            )}
            <FunctionKey icon={Archive} onPress={nothing}>
              {words('Park', 'تعليق')}
            </FunctionKey>
            {!isTouch && (
              <FunctionKey icon={SquarePen} onPress={nothing} shortcut="editLine">
                Line
              </FunctionKey>
            )}
            <FunctionKey icon={TagIcon} onPress={nothing} shortcut="discount">
              {words('Discount', 'خصم')}
            </FunctionKey>
            <FunctionKey icon={Undo2} onPress={nothing} shortcut="refund">
              {words('Refund', 'استرجاع')}
            </FunctionKey>
            {innerWidth >= 1800 && (
              <FunctionKey icon={DoorOpen} onPress={nothing}>
                Drawer
              </FunctionKey>
            )}
            <FunctionKey icon={Ellipsis} onPress={nothing} shortcut="more">
              {words('More', 'المزيد')}
            </FunctionKey>
          </FunctionRow>
        </div>
        <section aria-label={words('Basket', 'السلة')} className={s['sale']}>
          <Panel isFilling>
            {isArabic ? <ArabicLines /> : <EnglishLines isOpen={innerWidth >= 1800} />}
            <TotalsBar
              end={isArabic ? { label: 'وفّر', amount_minor: 1025 } : { label: 'incl. VAT', amount_minor: 562 }}
              sums={
                isArabic
                  ? [{ label: 'قبل الخصم', amount_minor: 11768 }]
                  : [
                      { label: 'Subtotal', amount_minor: 4348 },
                      { label: 'Saved', amount_minor: 363 },
                    ]
              }
            />
          </Panel>
          <Slate
            amount_minor={isArabic ? 10743 : 3985}
            detail={words('6 lines, 14 items', '6 أصناف، 12 قطعة')}
            label={words('Total', 'الإجمالي')}
            tone="owed"
          />
          <div className={s['tenders']}>
            <Button icon={Banknote} onPress={nothing} shortcut="cash" size="tender" variant="primary">
              {words('Cash', 'نقدًا')}
            </Button>
            <Button icon={CreditCard} onPress={nothing} shortcut="card" size="tender" variant="primary">
              {words('Card', 'بطاقة')}
            </Button>
            <Button isStacked onPress={nothing} shortcut="split" size="tender">
              {words('Split, other', 'أخرى')}
            </Button>
          </div>
        </section>
      </main>
    </div>
  );
}

function EnglishLines({ isOpen }: { readonly isOpen: boolean }): ReactNode {
  return (
    <BasketList label="Basket" newest={6}>
      <BasketLine
        amount_minor={395}
        name="Sourdough loaf, Seaside Bakery 800 g"
        onPress={nothing}
        quantity_milli={1000}
      />
      <BasketLine
        amount_minor={218}
        detail="0.624 kg × 3.49 / kg"
        isWeighed
        name="Vine tomatoes"
        onPress={nothing}
        quantity_milli={624}
      />
      <BasketLine
        amount_minor={1377}
        before_minor={1530}
        detail="6 × 2.55"
        name="White hanging heart T-light holder"
        onPress={nothing}
        quantity_milli={6000}
        tags={<Tag icon={TagIcon}>−10 % line discount</Tag>}
      />
      <BasketLine
        amount_minor={420}
        before_minor={630}
        detail="3 × 2.10"
        isSelected={isOpen}
        name="Oat drink barista, unsweetened 1 l"
        onPress={nothing}
        quantity_milli={3000}
        tags={<Tag icon={BadgePercent}>3 for 2 oat drinks</Tag>}
      >
        {isOpen ? (
          <>
            <QuantityField isLabelHidden label="Quantity" onChange={nothing} quantity_milli={3000} />
            <Button onPress={nothing}>Price</Button>
            <Button onPress={nothing}>Discount</Button>
            <Button onPress={nothing}>Note</Button>
            <Button onPress={nothing} shortcut="removeLine" variant="danger">
              Void
            </Button>
          </>
        ) : undefined}
      </BasketLine>
      <BasketLine
        amount_minor={1295}
        name="Ceramic mug, hand-glazed, ocean blue, 350 ml"
        note="Gift wrap, collects at 5 pm"
        onPress={nothing}
        quantity_milli={1000}
      />
      <BasketLine
        amount_minor={280}
        detail="2 × 1.20"
        isSelected={!isOpen}
        name="Still spring water, glass 0.75 l"
        onPress={nothing}
        quantity_milli={2000}
        tags={
          <Tag icon={Undo2} tone="neutral">
            deposit 2 × 0.20
          </Tag>
        }
      />
    </BasketList>
  );
}

function ArabicLines(): ReactNode {
  return (
    <BasketList label="السلة" newest={6}>
      <BasketLine amount_minor={450} name="خبز عربي أسمر، 6 أرغفة" onPress={nothing} quantity_milli={1000} />
      <BasketLine
        amount_minor={618}
        detail={<bdi>0.624 كغ × 0.990</bdi>}
        isWeighed
        name="طماطم عنقودية"
        onPress={nothing}
        quantity_milli={624}
      />
      <BasketLine
        amount_minor={1400}
        before_minor={2100}
        detail={<bdi>6 × 0.350</bdi>}
        name="ماء ينابيع، زجاج 0.75 ل"
        onPress={nothing}
        quantity_milli={6000}
        tags={<Tag icon={BadgePercent}>3 بسعر 2</Tag>}
      />
      <BasketLine
        amount_minor={2925}
        before_minor={3250}
        name="تمر خلاص فاخر 500 غ"
        onPress={nothing}
        quantity_milli={1000}
        tags={<Tag icon={TagIcon}>خصم 10%</Tag>}
      />
      <BasketLine
        amount_minor={4250}
        name="فنجان سيراميك مزجّج يدويًا، أزرق، 350 مل"
        note="تغليف هدية"
        onPress={nothing}
        quantity_milli={1000}
      />
      <BasketLine
        amount_minor={1100}
        detail={<bdi>2 × 0.550</bdi>}
        isSelected
        name="حليب طازج كامل الدسم 1 لتر"
        onPress={nothing}
        quantity_milli={2000}
      />
    </BasketList>
  );
}
