import type { i18n } from 'i18next';
import { useEffect, useState, type ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components';
import { I18nextProvider, useTranslation } from 'react-i18next';
import { KeyBindingsProvider } from './key-bindings-context.tsx';
import { KeyboardLayoutContext, readKeyboardLayout, type KeyboardLayout } from './keyboard-layout.ts';
import { MarkedFieldsProvider } from './marked-fields.tsx';
import { ShortcutProvider } from './shortcut-context.tsx';

/** What every page stands in: texts, direction for the components, keys. `FormatProvider` comes inside, per store. */
export function UiProvider({ children, i18n }: { readonly children: ReactNode; readonly i18n: i18n }): ReactNode {
  const [layout, setLayout] = useState<KeyboardLayout>(() => new Map());
  useEffect(() => {
    let isHere = true;
    const read = async (): Promise<void> => {
      const found = await readKeyboardLayout();
      if (isHere) setLayout(found);
    };
    void read();
    return () => {
      isHere = false;
    };
  }, []);
  return (
    <I18nextProvider i18n={i18n}>
      <KeyboardLayoutContext value={layout}>
        <KeyBindingsProvider>
          <ShortcutProvider>
            <MarkedFieldsProvider>
              <AriaLanguage>{children}</AriaLanguage>
            </MarkedFieldsProvider>
          </ShortcutProvider>
        </KeyBindingsProvider>
      </KeyboardLayoutContext>
    </I18nextProvider>
  );
}

/** Arrow keys and overlays follow the direction of the language. */
function AriaLanguage({ children }: { readonly children: ReactNode }): ReactNode {
  const { i18n } = useTranslation();
  return <I18nProvider locale={i18n.language}>{children}</I18nProvider>;
}
