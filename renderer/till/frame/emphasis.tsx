import { Fragment, type ReactNode } from 'react';

/** A translated sentence in which `<b>…</b>` marks what matters. Nothing else in it is markup. */
export function Emphasis({ children }: { readonly children: string }): ReactNode {
  const parts = children.split(/<b>(.*?)<\/b>/u);
  // Every second part stood between the marks; a sentence's parts have no other name than their place.
  return parts.map((part, at) =>
    at % 2 === 1 ? (
      <b key={`part-${String(at)}`}>
        <bdi>{part}</bdi>
      </b>
    ) : (
      <Fragment key={`part-${String(at)}`}>{part}</Fragment>
    ),
  );
}
