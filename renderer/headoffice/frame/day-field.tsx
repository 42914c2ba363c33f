import { parseDate, type CalendarDate } from '@internationalized/date';
import { CalendarDays, ChevronLeft, ChevronRight } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import {
  Button,
  Calendar,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  DateInput,
  DatePicker,
  DateSegment,
  Dialog,
  Group,
  Heading,
  I18nProvider,
  Label,
  Popover,
} from 'react-aria-components';
import { dateText } from '../../../shared/journal/envelope.ts';
import { Icon, useFormat, hiddenFromSight } from '../../ui/index.ts';
import s from './day-field.module.css';

export interface DayFieldProps {
  readonly label: string;
  readonly isLabelHidden?: boolean | undefined;
  /** `2026-11-21`; empty for none. */
  readonly value: string;
  /** Null when the field was emptied. */
  readonly onChange: (day: string | null) => void;
}

const first = parseDate('1900-01-01');
const last = parseDate('2999-12-31');

/** A day, typed part by part or chosen in a calendar, both as the language of the console writes them. */
export function DayField({ isLabelHidden = false, label, onChange, value }: DayFieldProps): ReactNode {
  const { locale } = useFormat();
  // While a year is typed, it has one digit first, and is nobody's wish.
  const [typed, setTyped] = useState<CalendarDate | null>(null);
  const change = (day: CalendarDate | null): void => {
    const text = day?.toString() ?? null;
    const isTyping = day !== null && (day.compare(first) < 0 || !dateText.safeParse(text).success);
    setTyped(isTyping ? day : null);
    if (!isTyping) onChange(text);
  };
  const shown = typed ?? (dateText.safeParse(value).success ? parseDate(value) : null);
  return (
    <I18nProvider locale={locale}>
      <DatePicker
        className={s['field'] ?? ''}
        maxValue={last}
        minValue={first}
        onChange={change}
        shouldForceLeadingZeros
        validationBehavior="aria"
        value={shown}
      >
        <Label className={isLabelHidden ? hiddenFromSight : (s['label'] ?? '')}>{label}</Label>
        <Group className={s['frame'] ?? ''}>
          <DateInput className={s['input'] ?? ''}>
            {(segment) => <DateSegment className={s['segment'] ?? ''} segment={segment} />}
          </DateInput>
          <Button className={s['open'] ?? ''}>
            <Icon icon={CalendarDays} />
          </Button>
        </Group>
        <Popover className={s['popover'] ?? ''} offset={6}>
          <Dialog className={s['dialog'] ?? ''}>
            <DayCalendar />
          </Dialog>
        </Popover>
      </DatePicker>
    </I18nProvider>
  );
}

function DayCalendar(): ReactNode {
  return (
    <Calendar>
      <header className={s['head']}>
        <Button className={s['turn'] ?? ''} slot="previous">
          <Icon icon={ChevronLeft} />
        </Button>
        <Heading className={s['month'] ?? ''} level={2} />
        <Button className={s['turn'] ?? ''} slot="next">
          <Icon icon={ChevronRight} />
        </Button>
      </header>
      <CalendarGrid weekdayStyle="short">
        <CalendarGridHeader>
          {(day) => <CalendarHeaderCell className={s['weekday'] ?? ''}>{day}</CalendarHeaderCell>}
        </CalendarGridHeader>
        <CalendarGridBody>{(date) => <CalendarCell className={s['day'] ?? ''} date={date} />}</CalendarGridBody>
      </CalendarGrid>
    </Calendar>
  );
}
