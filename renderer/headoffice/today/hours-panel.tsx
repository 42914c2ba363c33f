import type { CSSProperties, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { currencyDecimals } from '../../../shared/money/currency.ts';
import { AmountText, classNames, Panel, useFormat, type Formatter, hiddenFromSight } from '../../ui/index.ts';
import type { Today } from '../data/operations.ts';
import { fillHours, scaleLines, type Hour } from './hours.ts';
import s from './hours-panel.module.css';
import { useWeekday } from './stats.tsx';

/** Sales by the hour, with the same weekday before as a mark across each bar. */
export function HoursPanel({ currency, today }: { readonly currency: string; readonly today: Today }): ReactNode {
  const { t } = useTranslation('headoffice');
  const weekday = useWeekday(today.before_day);
  const hours = fillHours(today.hours.filter((one) => one.currency === currency));
  const most_minor = Math.max(0, ...hours.flatMap(({ before_minor, total_minor }) => [before_minor, total_minor]));
  const lines = scaleLines(most_minor, currency);
  const format = useFormat();
  const current = today.is_today ? Number(hourIn(format.zone, today.now)) : -1;
  return (
    <Panel
      actions={
        <span aria-hidden="true" className={s['legend']}>
          <span className={classNames(s['sign'], s['solid'])} /> {t(today.is_today ? 'today.title' : 'today.day')}
          {today.is_today && (
            <>
              <span className={classNames(s['sign'], s['hatched'])} /> {t('today.soFar')}
            </>
          )}
          <span className={s['dash']} /> {t('today.last', { day: weekday })}
        </span>
      }
      title={t('today.byHour')}
    >
      <Chart current={current} hours={hours} lines={lines} currency={currency} />
      <HoursTable currency={currency} hours={hours} weekday={weekday} />
    </Panel>
  );
}

function hourIn(zone: string, now: string): string {
  return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone: zone }).format(new Date(now));
}

/** `08`, in the digits of the page. */
function hourText({ locale }: Formatter, hour: number): string {
  return new Intl.NumberFormat(locale, { minimumIntegerDigits: 2 }).format(hour);
}

/** A length along the scale, as CSS has it. */
function share(part: number, whole: number): string {
  return `${String((Math.max(0, part) / whole) * 100)}%`;
}

function Chart(props: {
  readonly hours: readonly Hour[];
  readonly lines: readonly number[];
  readonly current: number;
  readonly currency: string;
}): ReactNode {
  const { currency, current, hours, lines } = props;
  const format = useFormat();
  const top = lines.at(-1) ?? 1;
  const unit = 10 ** currencyDecimals(currency);
  return (
    <div aria-hidden="true" className={s['chart']}>
      <div className={s['scale']}>
        {lines.map((line) => (
          <span className={s['step']} key={line} style={{ insetBlockEnd: share(line, top) }}>
            {format.integer(line / unit)}
          </span>
        ))}
      </div>
      <div className={s['field']}>
        {lines.map((line) => (
          <span className={s['line']} key={line} style={{ insetBlockEnd: share(line, top) }} />
        ))}
        <div className={s['bars']} style={{ '--hours': String(hours.length) } as CSSProperties}>
          {hours.map(({ before_minor, hour, total_minor }) => (
            <div className={s['hour']} key={hour}>
              {total_minor > 0 && (
                <span
                  className={classNames(s['bar'], hour === current ? s['hatched'] : s['solid'])}
                  style={{ blockSize: share(total_minor, top) }}
                />
              )}
              {before_minor > 0 && <span className={s['before']} style={{ insetBlockEnd: share(before_minor, top) }} />}
            </div>
          ))}
        </div>
      </div>
      <div className={s['labels']}>
        {hours.map(({ hour }) => (
          <bdi key={hour}>{hourText(format, hour)}</bdi>
        ))}
      </div>
    </div>
  );
}

/** The same figures for who can't see bars. */
function HoursTable(props: {
  readonly hours: readonly Hour[];
  readonly currency: string;
  readonly weekday: string;
}): ReactNode {
  const { t } = useTranslation('headoffice');
  const format = useFormat();
  return (
    <div className={hiddenFromSight}>
      <table>
        <caption>{t('today.byHour')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('today.hour')}</th>
            <th scope="col">{t('today.sales')}</th>
            <th scope="col">{t('today.last', { day: props.weekday })}</th>
          </tr>
        </thead>
        <tbody>
          {props.hours.map(({ before_minor, hour, total_minor }) => (
            <tr key={hour}>
              <th scope="row">{hourText(format, hour)}</th>
              <td>
                <AmountText amount_minor={total_minor} currency={props.currency} />
              </td>
              <td>
                <AmountText amount_minor={before_minor} currency={props.currency} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
