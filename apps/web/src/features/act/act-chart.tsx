import type { Clock, Instant, StatementInput, StripChartInput } from '@liuhen/domain';
import { coverageOf, statementsOf, stripChart } from '@liuhen/domain';
import { AnswerRow, answerEn, answerZh, StripChart, stripChartEn, stripChartZh } from '@liuhen/ui';
import { useCallback, useMemo, useState } from 'react';
import { useLanguage } from '../../app/language.tsx';
import { fromDevice, type Track, toDevice } from '../recording/tracks.ts';

type Props = {
    facts: StripChartInput & StatementInput;
    /** What can be played; the players run on corrected time whatever clock is drawn. */
    tracks: readonly Track[];
    cursor: Instant | undefined;
    onCursor: (at: Instant) => void;
};

/** The answer in sentences and the picture it is read from. */
export function ActChart({ facts, tracks, cursor, onCursor }: Props) {
    const { language } = useLanguage();
    const statements = useMemo(() => statementsOf(facts, coverageOf(facts)), [facts]);
    const [clock, setClock] = useState<Clock>('corrected');
    const model = useMemo(() => stripChart({ ...facts, clock }), [facts, clock]);
    const onDevice = model.clock === 'device' && (model.correctedKnown === 'all' || model.correctedKnown === 'some');
    const move = useCallback((at: Instant) => onCursor(onDevice ? fromDevice(tracks, at) : at), [onCursor, onDevice, tracks]);
    const shown = cursor === undefined ? null : onDevice ? toDevice(tracks, cursor) : cursor;
    return (
        <div className="act-chart">
            <AnswerRow statements={statements} texts={language === 'en' ? answerEn : answerZh} />
            <StripChart
                model={model}
                texts={language === 'en' ? stripChartEn : stripChartZh}
                cursor={shown}
                onCursor={move}
                onClock={setClock}
            />
        </div>
    );
}
