import { fill } from '@liuhen/contract';
import { Link } from '@tanstack/react-router';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Dot, type Status } from '../../app/page.tsx';
import { useParameterWords } from '../parameter/parameter-words.ts';
import type { CaseDetail } from './case-words.ts';

type Figure = CaseDetail['figures'][number];

const STATUS: Readonly<Record<Figure['state'], Status>> = {
    below: 'held',
    reached: 'act',
    counted: 'judge',
    open: 'judge',
    unset: 'judge',
};

/** Sums worked out from the organisation's parameters, each with its source and how sure it is. */
export function CaseFigures({ of }: { of: CaseDetail }) {
    const text = useText();
    if (of.figures.length === 0) return null;
    return (
        <Card title={text.case.figures.title} small={text.case.figures.small}>
            <ul className="terms">
                {of.figures.map((figure) => (
                    <FigureRow key={figure.code} of={figure} />
                ))}
            </ul>
        </Card>
    );
}

function FigureRow({ of }: { of: Figure }) {
    const text = useText();
    const format = useFormat();
    const words = useParameterWords();
    const yuan = (fen: number): string => fill(text.parameter.yuan, { yuan: format.count(fen / 100) });
    const { code, state, sum, days, limit, standing, differs } = of;
    const params = { sum: sum === null ? '' : yuan(sum), limit: words.valueWords(of.key, limit, false), days: days ?? 0 };
    return (
        <li data-figure={code}>
            <div className="what">
                <span className="status">
                    <Dot status={differs ? 'broken' : STATUS[state]} />
                    <strong>{words.nameOf(of.key)}</strong>
                </span>
            </div>
            <div className="left">
                <strong>{fill(text.case.figures.states[state], params)}</strong>
                {limit !== null && state !== 'counted' && <span className="second">{fill(text.case.figures.limit, params)}</span>}
            </div>
            <div className="basis">
                {code === 'lateFine' && state === 'counted' && <span>{fill(text.case.figures.late, params)}</span>}
                {limit === null && (
                    <Link to="/parameters" search={{ standing: 'unsure' }}>
                        {text.case.figures.unsetWhat}
                    </Link>
                )}
                <span className="second" lang="zh-CN">
                    {of.basis}
                </span>
                {standing === 'verify' && <span className="second doubt">{text.case.figures.verify}</span>}
                {differs && <span className="second doubt">{text.case.figures.differs}</span>}
            </div>
        </li>
    );
}
