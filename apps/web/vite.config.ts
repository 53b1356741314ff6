import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { serviceWorker } from './service-worker-plugin.ts';

/** Where the server listens while the pages are being developed. */
const server = `http://127.0.0.1:${process.env.LIUHEN_PORT ?? '8042'}`;
const here = (path: string): string => new URL(path, import.meta.url).pathname;

/**
 * The built pages run under `script-src 'self'`: nothing may be inlined as script, and no asset becomes a `data:` font
 * or script. Every route is a chunk of its own (see src/routes/router.tsx). The service worker keeps its name for ever:
 * browsers look there for the next version.
 */
export default defineConfig({
    plugins: [react(), serviceWorker(here('public'))],
    server: { host: '127.0.0.1', proxy: { '/api': { target: server, changeOrigin: false } } },
    build: {
        outDir: 'dist',
        emptyOutDir: true,
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        target: ['chrome108', 'firefox115', 'safari16'],
        chunkSizeWarningLimit: 900,
        rolldownOptions: {
            input: { index: here('index.html'), 'service-worker': here('src/service-worker/service-worker.ts') },
            output: {
                entryFileNames: ({ name }) => (name === 'service-worker' ? '[name].js' : 'assets/[name]-[hash].js'),
            },
        },
    },
});
