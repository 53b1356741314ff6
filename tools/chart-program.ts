import { build } from 'vite';
import { ROOT } from './run.ts';

/** Name of the program in its folder. */
export const CHART_PROGRAM = 'printed-chart.mjs';

/** The drawing of an act's chart for paper, as one module that Node runs: the server has no React, and the page's picture is drawn once only. */
export async function buildChartProgram(folder: string): Promise<void> {
    await build({
        configFile: false,
        logLevel: 'warn',
        root: `${ROOT}apps/web`,
        define: { 'process.env.NODE_ENV': '"production"' },
        ssr: { noExternal: true, target: 'node' },
        build: {
            ssr: `${ROOT}apps/web/src/features/act/printed-chart.tsx`,
            outDir: folder,
            emptyOutDir: true,
            copyPublicDir: false,
            rolldownOptions: { output: { entryFileNames: CHART_PROGRAM, codeSplitting: false } },
        },
    });
}

if (import.meta.main) await buildChartProgram(process.argv[2] ?? `${ROOT}apps/server/dist/chart`);
