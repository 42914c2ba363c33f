import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { lastLines, type CollectedFile } from '../../shared/support/collection.ts';
import { Button, useFormat } from '../ui/index.ts';
import s from './collected-files.module.css';

/** More than this of a log nobody reads on a screen. */
const mostShown = 40_000;

/** What was collected, file by file, to be read before it is saved. */
export function CollectedFiles({ files }: { readonly files: readonly CollectedFile[] }): ReactNode {
  const { t } = useTranslation('support');
  const format = useFormat();
  const [chosen, setChosen] = useState('README.txt');
  const shown = files.find(({ name }) => name === chosen) ?? files[0];
  return (
    <div className={s['files']}>
      <div className={s['list']}>
        {files.map(({ name, text }) => (
          <Button
            align="spread"
            detail={t('size', { size: format.integer(Math.ceil(text.length / 1024)) })}
            isSelected={name === shown?.name}
            isWide
            key={name}
            onPress={() => setChosen(name)}
            size="small"
          >
            <bdi dir="ltr">{name}</bdi>
          </Button>
        ))}
      </div>
      {shown !== undefined && (
        // What scrolls must be reached by keyboard.
        <pre aria-label={shown.name} className={s['text']} dir="ltr" role="region" tabIndex={0}>
          {lastLines(shown.text, mostShown)}
        </pre>
      )}
    </div>
  );
}
