import type { Clock, StripChart } from '@liuhen/domain';
import { type ReactNode, useId } from 'react';
import type { StripChartTexts } from './texts.ts';
import { clockNote } from './words.ts';

type Props = {
    readonly model: StripChart;
    readonly texts: StripChartTexts;
    readonly mode: 'chart' | 'table';
    readonly isFit: boolean;
    readonly onMode: (mode: 'chart' | 'table') => void;
    readonly onClock: ((clock: Clock) => void) | undefined;
    readonly onZoom: (factor: number) => void;
    readonly onFit: () => void;
    readonly onExport: () => void;
};

/** Title, what the times rest on, and what can be done with the picture. */
export function Toolbar({ model, texts, mode, isFit, onMode, onClock, onZoom, onFit, onExport }: Props): ReactNode {
    const { actions } = texts;
    const noteId = useId();
    const chartOnly = mode === 'table';
    const noCorrected = model.correctedKnown === 'no' || model.correctedKnown === 'none';
    return (
        <header className="lh-strip-head">
            <h2>{texts.title}</h2>
            <p id={noteId}>{clockNote(model, texts)}</p>
            <div className="lh-strip-tools">
                {onClock !== undefined && (
                    <fieldset className="lh-segmented">
                        <legend className="lh-hidden">{texts.clock.label}</legend>
                        {(['device', 'corrected'] as const).map((clock) => (
                            <button
                                key={clock}
                                type="button"
                                aria-pressed={model.clock === clock}
                                aria-disabled={clock === 'corrected' && noCorrected}
                                aria-describedby={clock === 'corrected' && noCorrected ? noteId : undefined}
                                title={clock === 'corrected' && noCorrected ? texts.note.noFit : undefined}
                                onClick={() => (clock === 'corrected' && noCorrected ? undefined : onClock(clock))}
                            >
                                {texts.clock[clock]}
                            </button>
                        ))}
                    </fieldset>
                )}
                <div className="lh-zoom">
                    <button
                        type="button"
                        aria-label={actions.zoomOut}
                        title={actions.zoomOut}
                        disabled={chartOnly}
                        onClick={() => onZoom(1.6)}
                    >
                        −
                    </button>
                    <button type="button" disabled={chartOnly || isFit} onClick={onFit}>
                        {actions.fit}
                    </button>
                    <button
                        type="button"
                        aria-label={actions.zoomIn}
                        title={actions.zoomIn}
                        disabled={chartOnly}
                        onClick={() => onZoom(1 / 1.6)}
                    >
                        +
                    </button>
                </div>
            </div>
            <div className="lh-strip-links">
                <button type="button" className="lh-quiet" onClick={() => onMode(mode === 'chart' ? 'table' : 'chart')}>
                    {mode === 'chart' ? actions.table : actions.chart}
                </button>
                <button type="button" className="lh-quiet" onClick={onExport}>
                    {actions.exportSvg}
                </button>
            </div>
        </header>
    );
}
