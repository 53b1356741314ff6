import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { fill } from '@liuhen/contract';
import { App, Button } from 'antd';
import { useState } from 'react';
import { ConfirmDialogue } from '../../app/confirm-dialogue.tsx';
import { ErrorNote } from '../../app/error-note.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Dot } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { ReasonDialogue } from '../../app/reason-dialogue.tsx';
import { useCommand } from '../../app/use-command.ts';
import { useParameterWords } from './parameter-words.ts';
import { YearChanges } from './year-changes.tsx';

type Proposal = ResponseOf<Endpoints['parameter.proposals']>['items'][number];
type Step = 'approve' | 'refuse' | 'withdraw';

/** What was proposed and waits, each with who can approve it; nothing where nothing waits. */
export function ProposalsCard() {
    const text = useText();
    const { data, error, refetch } = useAsk('parameter.proposals', { query: {} });
    const [open, setOpen] = useState<{ proposal: Proposal; step: Step }>();
    if (data === undefined && error !== null) return <ErrorNote error={error} of="read" onRetry={() => void refetch()} />;
    const items = data?.items ?? [];
    if (items.length === 0) return null;
    return (
        <Card id="proposals" title={text.parameter.proposals} small={items.length}>
            <ul className="parameters">
                {items.map((each) => (
                    <Waiting key={each.id} of={each} onStep={(step) => setOpen({ proposal: each, step })} />
                ))}
            </ul>
            {open !== undefined && <StepDialogue {...open} onClose={() => setOpen(undefined)} />}
        </Card>
    );
}

function Waiting({ of, onStep }: { of: Proposal; onStep: (step: Step) => void }) {
    const text = useText();
    const format = useFormat();
    const name = useNameOf()(of);
    const names = format.list(of.waitsFor === 'within' ? of.people.map(({ name }) => name) : of.above);
    const button = (step: Step, primary = false) => (
        <Button
            size="small"
            type={primary ? 'primary' : 'default'}
            onClick={() => onStep(step)}
            aria-label={`${text.parameter[step]} ${name}`}
        >
            {text.parameter[step]}
        </Button>
    );
    return (
        <li className="proposal">
            <div className="what">
                <strong>{name}</strong>
                {!of.own && (
                    <span className="second" lang="zh-CN">
                        {of.organisation.name}
                    </span>
                )}
                <span className="second">
                    {fill(text.parameter.proposedBy, { name: of.proposedBy.name, at: format.dateTime(of.proposedAt) })}
                </span>
            </div>
            <div className="value">{of.about === 'year' ? <YearValue of={of} /> : <ParameterValue of={of} />}</div>
            <div className="basis">
                <span lang="zh-CN">{of.basis}</span>
                <span className="second" lang="zh-CN">
                    {of.reason}
                </span>
                <span className="second status">
                    {of.own && of.waitsFor === 'nobody' && <Dot status="broken" />}
                    {of.own ? fill(text.parameter.waitsFor[of.waitsFor], { names }) : text.parameter.decideAbove}
                </span>
                {of.mayWithdraw && <span className="second">{text.parameter.ownProposal}</span>}
            </div>
            <div className="do">
                {of.mayDecide && button('approve', true)}
                {of.mayDecide && button('refuse')}
                {of.mayWithdraw && button('withdraw')}
            </div>
        </li>
    );
}

type About<K extends Proposal['about']> = Extract<Proposal, { about: K }>;

function ParameterValue({ of }: { of: About<'parameter'> }) {
    const text = useText();
    const words = useParameterWords();
    const present = words.valueWords(of.key, of.present.value, of.present.from !== null);
    return (
        <>
            <strong {...(typeof of.value === 'string' || Array.isArray(of.value) ? { lang: 'zh-CN' } : {})}>
                {words.valueWords(of.key, of.value, true)}
            </strong>
            <span className="second">{words.beginsWords(of.fromDay)}</span>
            <span className="second">{fill(text.parameter.present, { value: present })}</span>
        </>
    );
}

function YearValue({ of }: { of: About<'year'> }) {
    const text = useText();
    return (
        <>
            <YearChanges changes={of.changes} />
            <span className="second">{text.parameter.beginsApproval}</span>
            <span className="second">
                {of.present === null ? text.parameter.presentNone : fill(text.parameter.present, { value: of.present })}
            </span>
        </>
    );
}

/** What a proposal is about, by its name. */
function useNameOf(): (of: Proposal) => string {
    const text = useText();
    const words = useParameterWords();
    return (of) => (of.about === 'year' ? fill(text.parameter.calendarYear, { year: of.year }) : words.nameOf(of.key));
}

/** What its approval does. */
function ApproveWords({ of }: { of: Proposal }) {
    const text = useText();
    const words = useParameterWords();
    if (of.about === 'year')
        return (
            <>
                {fill(text.parameter.approveYearWhat, { year: of.year })}
                <YearChanges changes={of.changes} />
            </>
        );
    const value = words.valueWords(of.key, of.value, true);
    return fill(text.parameter.approveWhat, { name: words.nameOf(of.key), value, from: words.beginsWords(of.fromDay) });
}

function StepDialogue({ proposal, step, onClose }: { proposal: Proposal; step: Step; onClose: () => void }) {
    const text = useText();
    const { message } = App.useApp();
    const nameOf = useNameOf();
    const done = (said: string) => () => {
        void message.success(said);
        onClose();
    };
    const approve = useCommand('parameter.approve', { onDone: done(text.parameter.approved) });
    const refuse = useCommand('parameter.refuse', { onDone: done(text.parameter.refused) });
    const withdraw = useCommand('parameter.withdraw', { onDone: done(text.parameter.withdrawn) });
    const params = { id: proposal.id };
    if (step === 'approve')
        return (
            <ConfirmDialogue
                title={text.parameter.approve}
                what={<ApproveWords of={proposal} />}
                error={approve.error}
                busy={approve.isPending}
                onClose={onClose}
                onConfirm={() => approve.mutate({ params, body: {} })}
            />
        );
    const command = step === 'refuse' ? refuse : withdraw;
    return (
        <ReasonDialogue
            title={text.parameter[step]}
            what={nameOf(proposal)}
            label={step === 'refuse' ? text.parameter.refuseWhy : text.parameter.withdrawWhy}
            error={command.error}
            busy={command.isPending}
            onClose={onClose}
            onSubmit={(why) => command.mutate({ params, body: { why } })}
        />
    );
}
