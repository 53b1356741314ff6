import type { Instant, StatementInput, StripChartInput } from '@liuhen/domain';
import { coverageOf, statementsOf, stripChart } from '@liuhen/domain';
import { AnswerRow, answerEn, answerZh, StripChart, stripChartEn, stripChartZh } from '@liuhen/ui';
import { useMemo } from 'react';
import { useLanguage } from '../../app/language.tsx';

type Props = { facts: StripChartInput & StatementInput; cursor: Instant | undefined; onCursor: (at: Instant) => void };

/** The answer in sentences and the picture it is read from. */
export function ActChart({ facts, cursor, onCursor }: Props) {
    const { language } = useLanguage();
    const statements = useMemo(() => statementsOf(facts, coverageOf(facts)), [facts]);
    const model = useMemo(() => stripChart(facts), [facts]);
    return (
        <div className="act-chart">
            <AnswerRow statements={statements} texts={language === 'en' ? answerEn : answerZh} />
            <StripChart
                model={model}
                texts={language === 'en' ? stripChartEn : stripChartZh}
                cursor={cursor ?? null}
                onCursor={onCursor}
            />
        </div>
    );
}
