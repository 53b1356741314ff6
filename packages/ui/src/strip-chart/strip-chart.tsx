import type { Clock, Instant, Interval, StripChart as StripChartModel } from '@liuhen/domain';
import { formatDate } from '@liuhen/domain';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { InteractiveChart } from './interactive-chart.tsx';
import type { StripChartItem } from './items.ts';
import { StripChartSvg } from './strip-chart-svg.tsx';
import { StripChartTable } from './strip-chart-table.tsx';
import type { StripChartTexts } from './texts.ts';
import { Toolbar } from './toolbar.tsx';
import { usePrinting, type ViewControl } from './use-view.ts';
import { clockNote } from './words.ts';

export type StripChartProps = {
    /** Built by `stripChart` of the domain. */
    readonly model: StripChartModel;
    readonly texts: StripChartTexts;
    /** Playback time on the model's clock. Left out, the chart keeps its own, starting from the model's. */
    readonly cursor?: Instant | null;
    readonly onCursor?: (at: Instant) => void;
    /** Somebody chose a bar, a gap or a mark, by pointer or by Enter. */
    readonly onSelect?: (item: StripChartItem) => void;
    readonly selectedKey?: string;
    /** Somebody asks for the other clock: build the model again with it. Left out, there is no switch. */
    readonly onClock?: (clock: Clock) => void;
    /** Width in pixels until the real one is known. */
    readonly initialWidth?: number;
};

const EXPORT_WIDTH = 1360;
const PRINT_WIDTH = 1000;

/**
 * The strip chart of an act: document, recorders, positions and marks on one time axis. A reviewer sees in five seconds
 * what 附件1 第5、10条 ask: two officers, both recorded, the whole time covered, the times agree, every gap explained.
 */
export function StripChart({
    model,
    texts,
    cursor,
    onCursor,
    onSelect,
    selectedKey,
    onClock,
    initialWidth = 1120,
}: StripChartProps): ReactNode {
    const [mode, setMode] = useState<'chart' | 'table'>('chart');
    const [ownCursor, setOwnCursor] = useState(model.cursor);
    const [isFit, setIsFit] = useState(true);
    const [exporting, setExporting] = useState(false);
    const control = useRef<{ zoomBy: (factor: number) => void; fit: ViewControl['fit'] } | null>(null);
    const printing = usePrinting();

    const at = cursor === undefined ? ownCursor : cursor;
    const move = useCallback(
        (to: Instant) => {
            setOwnCursor(to);
            onCursor?.(to);
        },
        [onCursor],
    );

    if (model.axis === null) return <EmptyChart texts={texts} />;
    const shown = { ...model, cursor: at };
    if (printing) return <Printed model={shown} texts={texts} />;
    return (
        <section className="lh-strip" aria-label={texts.title}>
            <Toolbar
                {...{ model, texts, mode, isFit, onClock }}
                onMode={setMode}
                onZoom={(factor) => control.current?.zoomBy(factor)}
                onFit={() => control.current?.fit()}
                onExport={() => setExporting(true)}
            />
            {mode === 'table' ? (
                <StripChartTable model={model} texts={texts} />
            ) : (
                <InteractiveChart
                    {...{ model, texts, cursor: at, onSelect, selectedKey, initialWidth }}
                    axis={model.axis}
                    onCursor={move}
                    onFitChange={setIsFit}
                    control={control}
                />
            )}
            {exporting && <Exported model={shown} axis={model.axis} texts={texts} onDone={() => setExporting(false)} />}
        </section>
    );
}

function EmptyChart({ texts }: { readonly texts: StripChartTexts }): ReactNode {
    return (
        <section className="lh-strip" aria-label={texts.title}>
            <header className="lh-strip-head">
                <h2>{texts.title}</h2>
            </header>
            <div className="lh-strip-empty">
                <svg width="220" height="64" viewBox="0 0 220 64" aria-hidden="true">
                    <rect x="30" y="0" width="160" height="64" fill="#f4f2fd" />
                    <path d="M30 0V64M190 0V64" stroke="#5b4bb7" strokeDasharray="3 3" opacity=".5" />
                    <path d="M30 10H190V20H30ZM22 30H120V42H22ZM134 30H198V42H134ZM26 50H196V58H26Z" fill="#dbe3ea" />
                </svg>
                <strong>{texts.empty.title}</strong>
                <p>{texts.empty.body}</p>
            </div>
        </section>
    );
}

/** On paper the whole act in black and white, with patterns; nothing that could be pressed. */
function Printed({ model, texts }: { readonly model: StripChartModel; readonly texts: StripChartTexts }): ReactNode {
    return (
        <section className="lh-strip lh-printed" aria-label={texts.title}>
            <header className="lh-strip-head">
                <h2>{texts.title}</h2>
                <p>{clockNote(model, texts)}</p>
            </header>
            <StripChartSvg model={model} texts={texts} width={PRINT_WIDTH} paletteName="mono" id="lh-print" />
        </section>
    );
}

/** Draws the picture once, out of sight, and hands it over as a file. */
function Exported({
    model,
    axis,
    texts,
    onDone,
}: {
    readonly model: StripChartModel;
    readonly axis: Interval;
    readonly texts: StripChartTexts;
    readonly onDone: () => void;
}): ReactNode {
    const svg = useRef<SVGSVGElement>(null);
    const name = `${texts.actions.fileName}-${formatDate(model.stated?.start ?? axis.start)}.svg`;
    useEffect(() => {
        if (svg.current !== null) saveSvg(svg.current, name);
        onDone();
    }, [name, onDone]);
    return (
        <div className="lh-hidden" aria-hidden="true">
            <StripChartSvg ref={svg} model={model} texts={texts} width={EXPORT_WIDTH} id="lh-export" />
        </div>
    );
}

function saveSvg(svg: SVGSVGElement, name: string): void {
    const text = `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svg)}\n`;
    const url = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = name;
    link.click();
    // The download has its own reference by then; the next task is late enough in every browser.
    setTimeout(() => URL.revokeObjectURL(url), 0);
}
