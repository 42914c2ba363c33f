import type { Mark, MarkStore } from '../../electron/till/ports.ts';

/** A mark that is kept for as long as the test holds it. */
export function memoryMark(): MarkStore {
  let kept: Mark | undefined;
  return {
    read: () => kept,
    write: (mark) => {
      kept = mark;
    },
    clear: () => {
      kept = undefined;
    },
  };
}
