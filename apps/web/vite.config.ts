import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where the server listens while the pages are being developed. */
const server = `http://127.0.0.1:${process.env.LIUHEN_PORT ?? '8042'}`;

/**
 * The built pages run under `script-src 'self'`: nothing may be inlined as script, and no asset becomes a `data:` font
 * or script. Every route is a chunk of its own (see src/routes/router.tsx).
 */
export default defineConfig({
    plugins: [react()],
    server: { host: '127.0.0.1', proxy: { '/api': { target: server, changeOrigin: false } } },
    build: {
        outDir: 'dist',
        emptyOutDir: true,
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        target: ['chrome108', 'firefox115', 'safari16'],
        chunkSizeWarningLimit: 900,
    },
});
