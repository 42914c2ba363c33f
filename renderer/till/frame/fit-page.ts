import type { Paper } from '../../../shared/contract/shell.ts';

const mm_per_px = 25.4 / 96;

/** An 80 mm roll, as `print.css` has it. */
const roll_mm = 80;

/** The paper that is as long as what is printed on it: a roll has no pages. */
export function paperOf(printout: HTMLElement): Paper {
  const before = printout.dataset['printout'] ?? '';
  printout.dataset['printout'] = 'measured';
  const height_mm = Math.ceil(printout.getBoundingClientRect().height * mm_per_px) + 1;
  printout.dataset['printout'] = before;
  return { width_mm: roll_mm, height_mm };
}

/** Waits for the letters that only the paper has: measured in others, it would be too short for what is printed on it. */
export async function lettersOf(printout: HTMLElement): Promise<void> {
  // To be measured is to be laid out, and that asks for them.
  paperOf(printout);
  await document.fonts.ready;
}

/**
 * Makes the paper that of what is printed on it, whenever something is printed. CSS can't say so by itself. Answers how
 * to stop.
 */
export function fitPage(printout: HTMLElement): () => void {
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const fit = (): void => {
    const { height_mm, width_mm } = paperOf(printout);
    sheet.replaceSync(`@page { size: ${width_mm}mm ${height_mm}mm; }`);
  };
  window.addEventListener('beforeprint', fit);
  void lettersOf(printout);
  return () => {
    window.removeEventListener('beforeprint', fit);
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
  };
}
