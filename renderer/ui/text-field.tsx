import type { LucideIcon } from 'lucide-react';
import type { HTMLInputAutoCompleteAttribute, ReactNode } from 'react';
import { Input, TextArea, TextField as AriaTextField } from 'react-aria-components';
import { ariaField, fieldClass, FieldFrame, FieldLabel, FieldNotes, framedInput, type FieldProps } from './field.tsx';
import { useFieldFault } from './marked-fields.tsx';

export interface TextFieldProps extends FieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: 'text' | 'password' | 'email' | 'tel' | 'url' | undefined;
  readonly inputMode?: 'text' | 'numeric' | 'email' | 'tel' | 'search' | undefined;
  readonly autoComplete?: HTMLInputAutoCompleteAttribute | undefined;
  readonly maxLength?: number | undefined;
  /** An example, never the label. */
  readonly placeholder?: string | undefined;
  readonly icon?: LucideIcon | undefined;
  readonly before?: ReactNode;
  readonly after?: ReactNode;
  /** More than one line. */
  readonly rows?: number | undefined;
  /** Keeps codes and addresses left to right in a right-to-left language. */
  readonly isCode?: boolean | undefined;
  readonly onSubmit?: (() => void) | undefined;
  readonly onBlur?: (() => void) | undefined;
}

/** A labelled field for words. */
export function TextField(props: TextFieldProps): ReactNode {
  const { icon: Icon, isCode = false, maxLength, onSubmit, placeholder, rows } = props;
  // Words in a field read as their own letters do; an empty one waits in the page's direction.
  const direction = isCode ? { dir: 'ltr' as const } : props.value === '' ? {} : { dir: 'auto' as const };
  const hint = placeholder === undefined ? {} : { placeholder };
  const fault = useFieldFault(props, props.value, rows === undefined ? 'line' : 'lines');
  const error = props.error ?? fault;
  return (
    <AriaTextField
      {...ariaField({ ...props, error })}
      {...(maxLength === undefined ? {} : { maxLength })}
      {...(props.autoComplete === undefined ? {} : { autoComplete: props.autoComplete })}
      {...(props.inputMode === undefined ? {} : { inputMode: props.inputMode })}
      className={fieldClass}
      onBlur={() => props.onBlur?.()}
      onChange={props.onChange}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || rows !== undefined || onSubmit === undefined) return event.continuePropagation();
        // Else the same stroke would press whatever the answer to it gives the focus to.
        event.preventDefault();
        onSubmit();
      }}
      type={props.type ?? 'text'}
      validationBehavior="aria"
      value={props.value}
    >
      <FieldLabel isLabelHidden={props.isLabelHidden} label={props.label} />
      <FieldFrame after={props.after} before={Icon === undefined ? props.before : <Icon aria-hidden="true" />}>
        {rows === undefined ? (
          <Input {...framedInput} {...direction} {...hint} spellCheck={false} />
        ) : (
          <TextArea {...framedInput} {...direction} {...hint} rows={rows} />
        )}
      </FieldFrame>
      <FieldNotes description={props.description} error={error} />
    </AriaTextField>
  );
}
