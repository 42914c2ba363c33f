import { notifyManager } from '@tanstack/react-query';

/**
 * React-query tells the screens of an answer in a task of its own, after whoever asked has gone on: what they make of it
 * and the answer itself would be drawn one after the other. From now on both can be drawn together: what this returns
 * tells at once what waits to be told. What nobody hurries is told as soon as the page is free.
 */
export function holdAnswers(): () => void {
  const waiting: (() => void)[] = [];
  const tellAll = (): void => {
    try {
      for (let tell = waiting.shift(); tell !== undefined; tell = waiting.shift()) tell();
    } finally {
      // One that failed holds nobody up.
      if (waiting.length > 0) setTimeout(tellAll, 0);
    }
  };
  notifyManager.setScheduler((tell) => {
    if (waiting.push(tell) === 1) setTimeout(tellAll, 0);
  });
  return tellAll;
}
