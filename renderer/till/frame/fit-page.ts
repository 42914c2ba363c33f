const mm_per_px = 25.4 / 96;

/**
 * Makes the paper as long as what is printed on it, whenever the system's dialog opens: a roll has no pages. CSS can't
 * say so by itself; `print.css` has the width. Answers how to stop.
 */
export function fitPage(printout: HTMLElement): () => void {
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const fit = (): void => {
    printout.dataset['printout'] = 'measured';
    const height_mm = Math.ceil(printout.getBoundingClientRect().height * mm_per_px) + 1;
    printout.dataset['printout'] = '';
    sheet.replaceSync(`@page { size: 80mm ${height_mm}mm; }`);
  };
  window.addEventListener('beforeprint', fit);
  return () => {
    window.removeEventListener('beforeprint', fit);
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
  };
}
