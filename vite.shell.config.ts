import { builtinModules } from 'node:module';
import { defineConfig, type UserConfig } from 'vite';
import { notBundled } from './commands/build/not-bundled.ts';

/** What is built, and from what. */
const entries: Readonly<Record<string, string>> = {
  main: 'electron/shell/main.ts',
  preload: 'electron/shell/preload.ts',
  'till-worker': 'electron/pc/till-worker.ts',
};

/**
 * The desktop shell's build: `--mode main`, `preload` and `till-worker`, each one file in `dist/shell`. All are CommonJS: a
 * sandboxed preload can be nothing else, and a main of it is loaded whole before Electron is ready.
 */
export default defineConfig(({ mode }): UserConfig => {
  const ssr = entries[mode];
  if (ssr === undefined) throw new Error(`--mode ${Object.keys(entries).join(', ')}`);
  return {
    publicDir: false,
    build: {
      ssr,
      outDir: 'dist/shell',
      emptyOutDir: false,
      target: 'node24',
      sourcemap: mode !== 'preload',
      rolldownOptions: {
        output: { format: 'cjs', entryFileNames: `${mode}.cjs`, codeSplitting: false },
      },
    },
    ssr: { noExternal: true, external: [...notBundled, ...builtinModules], target: 'node' },
  };
});
