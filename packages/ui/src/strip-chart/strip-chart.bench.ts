/**
 * How long the strip chart of ten recorders with two hundred segments each takes: model, and drawing to a string. Run it
 * with `node packages/ui/src/strip-chart/strip-chart.bench.ts`. The wish is under 16 ms, one frame; it is printed, not
 * asserted, because a shared machine has its own mind about milliseconds.
 */
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

// React decides when it is loaded whether it checks everything it is given.
process.env.NODE_ENV = 'production';

type Measured = typeof import('./strip-chart-measure.tsx');
const { renderToStaticMarkup } = await import('react-dom/server');
const { module } = await runnerImport<Measured>(fileURLToPath(new URL('./strip-chart-measure.tsx', import.meta.url)), {
    logLevel: 'error',
    configFile: false,
    mode: 'production',
});

for (const { name, modelMs, drawMs, bytes } of module.measure(renderToStaticMarkup)) {
    const total = (modelMs + drawMs).toFixed(1).padStart(6);
    console.log(
        `${name.padEnd(60)} model ${modelMs.toFixed(1).padStart(5)} ms + draw ${drawMs.toFixed(1).padStart(5)} ms = ${total} ms, ${bytes} bytes`,
    );
}
