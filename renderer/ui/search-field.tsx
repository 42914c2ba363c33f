import { ScanBarcode, Search, type LucideIcon } from 'lucide-react';
import { useRef, type ReactNode, type Ref } from 'react';
import { Input, SearchField as AriaSearchField } from 'react-aria-components';
import { ariaField, fieldClass, FieldFrame, FieldLabel, FieldNotes, framedInput, type FieldProps } from './field.tsx';
import type { KeyAction } from './key-actions.ts';
import { useKeysOf } from './key-bindings-context.tsx';
import { KeyCap } from './key-cap.tsx';
import { useShortcut } from './shortcut-context.tsx';

export interface SearchFieldProps extends FieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Enter. */
  readonly onSubmit?: ((value: string) => void) | undefined;
  /** Escape; the field is empty then. */
  readonly onClear?: (() => void) | undefined;
  /** ↑ ↓ while typing: choose among what was found. */
  readonly onMove?: ((step: -1 | 1) => void) | undefined;
  readonly placeholder?: string | undefined;
  readonly icon?: LucideIcon | undefined;
  /** The till's scan field: tall, with the accent's edge, always listening. */
  readonly isArmed?: boolean | undefined;
  /** Whose key brings the focus here; it is printed in the field. */
  readonly shortcut?: KeyAction | undefined;
  /** Where what was found is listed, for screen readers. */
  readonly resultsId?: string | undefined;
  readonly activeResultId?: string | undefined;
  readonly inputRef?: Ref<HTMLInputElement> | undefined;
}

/** A field to find something as you type. */
export function SearchField(props: SearchFieldProps): ReactNode {
  const { activeResultId, isArmed = false, onMove, placeholder, resultsId, shortcut } = props;
  const Icon = props.icon ?? (isArmed ? ScanBarcode : Search);
  const keys = useKeysOf(shortcut);
  const root = useRef<HTMLDivElement>(null);
  useShortcut(shortcut, () => {
    const input = root.current?.querySelector('input');
    input?.focus();
    input?.select();
  });
  const combobox =
    resultsId === undefined
      ? {}
      : {
          role: 'combobox',
          'aria-controls': resultsId,
          'aria-expanded': activeResultId !== undefined,
          'aria-autocomplete': 'list' as const,
          ...(activeResultId === undefined ? {} : { 'aria-activedescendant': activeResultId }),
        };
  return (
    <AriaSearchField
      {...ariaField(props)}
      autoComplete="off"
      className={fieldClass}
      onChange={props.onChange}
      onClear={() => props.onClear?.()}
      onKeyDown={(event) => {
        if (onMove !== undefined && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
          event.preventDefault();
          onMove(event.key === 'ArrowDown' ? 1 : -1);
        } else event.continuePropagation();
      }}
      onSubmit={(value) => props.onSubmit?.(value)}
      ref={root}
      value={props.value}
    >
      <FieldLabel isLabelHidden={props.isLabelHidden} label={props.label} />
      <FieldFrame
        after={keys === undefined ? undefined : <KeyCap keys={keys} />}
        before={<Icon aria-hidden="true" />}
        isArmed={isArmed}
        isTall={isArmed}
      >
        <Input
          {...framedInput}
          {...combobox}
          {...(placeholder === undefined ? {} : { placeholder })}
          {...(props.inputRef === undefined ? {} : { ref: props.inputRef })}
          spellCheck={false}
        />
      </FieldFrame>
      <FieldNotes description={props.description} error={props.error} />
    </AriaSearchField>
  );
}
