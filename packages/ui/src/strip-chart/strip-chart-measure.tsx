import { type StripChartInput, stripChart } from '@liuhen/domain';
import type { ReactNode } from 'react';
import { StripChart } from './strip-chart.tsx';
import { StripChartSvg } from './strip-chart-svg.tsx';
import { exampleAct, largeAct } from './strip-chart-testing.ts';
import { stripChartZh } from './texts.ts';

type Measurement = { readonly name: string; readonly modelMs: number; readonly drawMs: number; readonly bytes: number };

/** Medians of 40 runs after 20 that warm up. */
export function measure(render: (node: ReactNode) => string): Measurement[] {
    const cases: readonly [string, StripChartInput][] = [
        ['one act', exampleAct()],
        ['10 recorders x 200 segments, joined', largeAct(700)],
        ['10 recorders x 200 segments, all interrupted', largeAct(8000)],
    ];
    return cases.flatMap(([name, input]) => [
        time(render, `${name}: picture`, input, (model) => <StripChartSvg model={model} texts={stripChartZh} width={1360} />),
        time(render, `${name}: interactive`, input, (model) => <StripChart model={model} texts={stripChartZh} />),
    ]);
}

function time(
    render: (node: ReactNode) => string,

    name: string,
    input: StripChartInput,
    draw: (model: ReturnType<typeof stripChart>) => ReactNode,
): Measurement {
    const models: number[] = [];
    const drawings: number[] = [];
    let bytes = 0;
    for (let run = 0; run < 60; run += 1) {
        const start = performance.now();
        const model = stripChart(input);
        const middle = performance.now();
        bytes = render(draw(model)).length;
        const end = performance.now();
        if (run < 20) continue;
        models.push(middle - start);
        drawings.push(end - middle);
    }
    return { name, modelMs: median(models), drawMs: median(drawings), bytes };
}

const median = (of: number[]): number => of.sort((a, b) => a - b)[of.length >> 1] ?? Number.NaN;
