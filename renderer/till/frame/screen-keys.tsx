import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { useShortcut } from '../../ui/index.ts';
import { type ScreenAction, screenActions, useWhyNot } from './screen-actions.ts';

/** Opens screens by the keys that somebody gave them, from any other. */
export function ScreenKeys(): ReactNode {
  return screenActions
    .filter(({ key }) => key.startsWith('go'))
    .map((action) => <ScreenKey action={action} key={action.name} />);
}

function ScreenKey({ action }: { readonly action: ScreenAction }): ReactNode {
  const [, goTo] = useLocation();
  const why = useWhyNot();
  // A key of a screen that can't be opened is used up all the same: it never means something to the browser.
  useShortcut(action.key, () => {
    if (why(action) === undefined) goTo(action.path);
  });
  return null;
}
