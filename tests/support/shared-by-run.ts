import { inject } from 'vitest';
import type { TestCluster } from './cluster.ts';

/** What all test files of a run share: global-setup.ts makes each when the first asks for it. Nobody changes the folders. */
export interface SharedByRun {
  readonly postgres: Pick<TestCluster, 'host' | 'port' | 'user' | 'password'>;
  /** The folder of the built screens of till and head office, as they ship. */
  readonly screens: string;
  /** The same with React's build for development: for stories that look at what a page complains of in its console. */
  readonly developmentScreens: string;
  /** The data folder of a demo shop with a shift open on a float of 100, closed and ready to be copied. */
  readonly demoShop: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    readonly sharedByRun: string;
  }
}

export async function askForShared<Name extends keyof SharedByRun>(name: Name): Promise<SharedByRun[Name]> {
  const response = await fetch(`${inject('sharedByRun')}${name}`);
  const answer = await response.text();
  if (!response.ok) throw new Error(`the tests' ${name} could not be made: ${answer}`);
  return JSON.parse(answer);
}
