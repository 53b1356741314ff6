import { type Endpoints, fill, type ResponseOf } from '@liuhen/contract';
import { Link } from '@tanstack/react-router';
import { Checkbox } from 'antd';
import { useFormat, useText } from '../../app/language.tsx';
import { LongText } from '../../app/long-text.tsx';
import { type Status, Tag } from '../../app/page.tsx';
import { useCaseWords } from './case-words.ts';
import { useStepFieldWord } from './step-data-words.ts';

type Row = ResponseOf<Endpoints['case.importPreview']>['rows'][number];
const OUTCOMES = ['take', 'judge', 'known', 'faulty'] as const;

/** `judge`: its steps are not what the procedure allows; it comes in only as the other system's word, with a reason. */
export function outcomeOf(row: Row): (typeof OUTCOMES)[number] {
    if (row.faults.length > 0) return 'faulty';
    if (row.known !== null) return 'known';
    return row.refusals.length > 0 || row.steps.some((step) => step.refusals.length > 0) ? 'judge' : 'take';
}
const STATUS: Readonly<Record<(typeof OUTCOMES)[number], Status | undefined>> = {
    take: 'held',
    judge: 'judge',
    known: undefined,
    faulty: 'broken',
};

type Props = {
    row: Row;
    chosen: boolean;
    reason: string;
    onReason: (reason: string) => void;
    onChoose: (on: boolean) => void;
};

/** One case of the list: where it will stand, each step with what speaks against it, and the reason where one is needed. */
export function CaseImportRow({ row, chosen, reason, onReason, onChoose }: Props) {
    const text = useText();
    const format = useFormat();
    const words = useCaseWords();
    const say = text.case.importing;
    const outcome = outcomeOf(row);
    const { procedure } = row;
    const facts = [
        row.externalNumber,
        procedure === null ? '' : words.procedure(procedure),
        row.party?.name ?? '',
        format.list(row.handlers),
        row.openedAt === null ? '' : format.date(row.openedAt),
    ].filter((each) => each !== '');
    const state = (of: string) => (procedure === null ? of : words.state(procedure, of));
    return (
        <li>
            <Checkbox
                checked={chosen}
                disabled={outcome === 'known' || outcome === 'faulty' || (outcome === 'judge' && reason.trim() === '')}
                aria-label={fill(say.rowOf, { place: row.place, title: row.title })}
                onChange={({ target }) => onChoose(target.checked)}
            />
            <div className="block-what">
                <strong>
                    {row.place}. {row.title === '' ? text.common.none : row.title}
                </strong>
                <div className="soft">{facts.join(' · ')}</div>
                {row.faults.map(({ code, value }) => (
                    <div key={`${code} ${value}`} className="fault">
                        {fill(say.faults[code], { value })}
                    </div>
                ))}
                {row.known !== null && (
                    <div className="soft">
                        {say.known}{' '}
                        <Link to="/cases/$id" params={{ id: row.known.id }}>
                            {row.known.number}
                        </Link>
                    </div>
                )}
                {procedure !== null && <Steps row={row} />}
                {row.state !== null && row.faults.length === 0 && (
                    <div>
                        {fill(say.reaches, { state: state(outcome === 'judge' ? (row.statedState ?? row.state) : row.state) })}
                        {row.statedState !== null && ` · ${fill(say.statedAs, { state: state(row.statedState) })}`}
                    </div>
                )}
                {row.refusals.map((each) => (
                    <div key={each.code} className="fault">
                        {words.refusal(each)}
                    </div>
                ))}
                {row.partyByName && <div className="soft">{say.byName}</div>}
                {outcome === 'judge' && (
                    <div className="doc-field">
                        <label htmlFor={`reason-${row.place}`}>{say.reason}</label>
                        <LongText id={`reason-${row.place}`} most={300} value={reason} onChange={onReason} />
                        <p className="soft">{say.reasonHint}</p>
                    </div>
                )}
            </div>
            <Tag status={STATUS[outcome]}>{say.outcomes[outcome]}</Tag>
        </li>
    );
}

function Steps({ row }: { row: Row }) {
    const text = useText();
    const format = useFormat();
    const words = useCaseWords();
    const fieldWord = useStepFieldWord();
    const { procedure } = row;
    if (procedure === null || row.steps.length === 0) return null;
    return (
        <ol className="import-steps">
            {row.steps.map((step, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a step may come twice, and the list never changes.
                <li key={place}>
                    {step.hasTime ? format.dateTime(step.at) : format.date(step.at)} {words.step(procedure, step.step)}
                    {step.paper !== null && (
                        <span className="soft" lang="zh-CN">
                            {' '}
                            {[step.paper.number, step.paper.date].filter((each) => each !== null).join(' · ')}
                        </span>
                    )}
                    {step.unstated.length > 0 && (
                        <div className="soft">
                            {fill(text.case.importing.unstated, { fields: format.list(step.unstated.map(fieldWord)) })}
                        </div>
                    )}
                    {step.refusals.map((each) => (
                        <div key={each.code} className="fault">
                            {words.refusal(each)}
                        </div>
                    ))}
                </li>
            ))}
        </ol>
    );
}
