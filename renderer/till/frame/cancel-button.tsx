import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/index.ts';

/** The way out of a form in a dialog: also by Escape, from within a field too. */
export function CancelButton({ onPress }: { readonly onPress: () => void }): ReactNode {
  const { t } = useTranslation('common');
  return (
    <Button onPress={onPress} shortcut="cancel" shortcutInFields>
      {t('actions.cancel')}
    </Button>
  );
}
