import { builtinModules } from 'node:module';
import { defineConfig, type UserConfig } from 'vite';
import { notBundled } from './commands/build/not-bundled.ts';

/**
 * The desktop shell's build: `--mode main` and `--mode preload`, each one file in `dist/shell`. Both are CommonJS: a
 * sandboxed preload can be nothing else, and a main of it is loaded whole before Electron is ready.
 */
export default defineConfig(({ mode }): UserConfig => {
  if (mode !== 'main' && mode !== 'preload') throw new Error('--mode main or --mode preload');
  return {
    publicDir: false,
    build: {
      ssr: `electron/shell/${mode}.ts`,
      outDir: 'dist/shell',
      emptyOutDir: false,
      target: 'node24',
      sourcemap: mode === 'main',
      rolldownOptions: {
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
    ssr: { noExternal: true, external: [...notBundled, ...builtinModules], target: 'node' },
  };
});
