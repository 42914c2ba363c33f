import react from '@vitejs/plugin-react';
import { defineConfig, type UserConfig } from 'vite';

/**
 * The renderer's build: one page for the till, one for the head office, into `dist/renderer`.
 * `--mode gallery` builds (or serves) the gallery of components instead, into `dist/gallery`; it is never shipped.
 *
 * The output runs under a Content-Security-Policy of `default-src 'self'`: nothing is inlined (no script, no style,
 * no data: font), and addresses are relative so that a page may be served from any folder or protocol.
 */
export default defineConfig(({ mode }): UserConfig => {
  const isGallery = mode === 'gallery';
  return {
    root: 'renderer',
    base: './',
    plugins: [react()],
    build: {
      outDir: isGallery ? '../dist/gallery' : '../dist/renderer',
      emptyOutDir: true,
      target: 'chrome130',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 1500,
      rolldownOptions: {
        input: isGallery
          ? { gallery: 'renderer/gallery/index.html' }
          : { till: 'renderer/till/index.html', headoffice: 'renderer/headoffice/index.html' },
        // What both pages share, under names that say so.
        output: {
          codeSplitting: {
            groups: [
              { name: 'libraries', test: /node_modules/ },
              { name: 'shared', test: /\/(?:shared|renderer\/(?:ui|i18n))\// },
            ],
          },
        },
      },
    },
    server: { host: '127.0.0.1', strictPort: true },
  };
});
