import { builtinModules } from 'node:module';
import { defineConfig, type UserConfig } from 'vite';

/** What stays outside of the bundle: Electron is the runtime, and these carry binaries that can't be bundled. */
export const notBundled = ['electron', 'better-sqlite3', 'bcrypt'];

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
