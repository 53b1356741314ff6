import { fill } from '@liuhen/contract';
import { type AnswerKind, isAnsweredOnBoard, isConfirmable, isUnexcusable } from '@liuhen/domain';
import { App, Button } from 'antd';
import { useState } from 'react';
import { ConfirmDialogue } from '../../app/confirm-dialogue.tsx';
import { useText } from '../../app/language.tsx';
import { LinkButton } from '../../app/link-button.tsx';
import { ReasonDialogue } from '../../app/reason-dialogue.tsx';
import { useMe } from '../../app/session.ts';
import { useCommand } from '../../app/use-command.ts';
import { AnswerDialogue } from './answer-dialogue.tsx';
import type { FindingItem } from './finding-words.tsx';

type Open = AnswerKind | 'accept' | 'refuse' | 'withdraw' | 'confirm' | 'revise' | undefined;

/** What whoever looks at a finding may do about it. Nobody can waive it. */
export function FindingSteps({ finding }: { finding: FindingItem }) {
    const text = useText();
    const me = useMe();
    const [open, setOpen] = useState<Open>();
    const close = () => setOpen(undefined);
    const waiting = finding.answers.find((each) => each.state === 'waiting');
    const board = isAnsweredOnBoard(finding.code) && finding.state === 'open';
    return (
        <span className="no-print">
            {finding.mayAnswer && (
                <>
                    <Button type="primary" onClick={() => setOpen('explain')}>
                        {text.ruleFinding.answer}
                    </Button>{' '}
                    <Button onClick={() => setOpen('dispute')}>{text.ruleFinding.dispute}</Button>{' '}
                </>
            )}
            {board && (
                <LinkButton to="/recordings/board" search={{ kind: 'stored' }}>
                    {text.ruleFinding.onBoard}
                </LinkButton>
            )}
            {finding.mayDecide && waiting !== undefined && waiting.statedBy.id !== me.person.id && (
                <>
                    <Button type="primary" onClick={() => setOpen('accept')}>
                        {text.ruleFinding.accept}
                    </Button>{' '}
                    <Button onClick={() => setOpen('refuse')}>{text.ruleFinding.refuse}</Button>{' '}
                </>
            )}
            {finding.mayDecide && isConfirmable(finding) && (
                <Button danger onClick={() => setOpen('confirm')}>
                    {text.ruleFinding.confirm}
                </Button>
            )}
            {finding.mayRevise && (
                <Button type="primary" onClick={() => setOpen('revise')}>
                    {text.ruleFinding.revise}
                </Button>
            )}
            {waiting !== undefined && waiting.statedBy.id === me.person.id && (
                <Button onClick={() => setOpen('withdraw')}>{text.ruleFinding.withdraw}</Button>
            )}
            {(open === 'explain' || open === 'dispute') && <AnswerDialogue finding={finding} kind={open} onClose={close} />}
            {open === 'confirm' && <ConfirmViolation id={finding.id} onClose={close} />}
            {open === 'revise' && <ReviseConfirmation id={finding.id} onClose={close} />}
            {waiting !== undefined && (open === 'accept' || open === 'refuse' || open === 'withdraw') && (
                <DecideDialogue finding={finding} answer={waiting} as={open} onClose={close} />
            )}
        </span>
    );
}

function ConfirmViolation({ id, onClose }: { id: string; onClose: () => void }) {
    const text = useText();
    const { message } = App.useApp();
    const confirm = useCommand('finding.confirm', {
        onDone: () => {
            void message.success(text.ruleFinding.confirmed);
            onClose();
        },
    });
    return (
        <ReasonDialogue
            title={text.ruleFinding.confirm}
            what={text.ruleFinding.confirmWhat}
            label={text.ruleFinding.confirmReason}
            error={confirm.error}
            busy={confirm.isPending}
            danger
            onClose={onClose}
            onSubmit={(words) => confirm.mutate({ params: { id }, body: { words } })}
        />
    );
}

function ReviseConfirmation({ id, onClose }: { id: string; onClose: () => void }) {
    const text = useText();
    const { message } = App.useApp();
    const revise = useCommand('finding.revise', {
        onDone: () => {
            void message.success(text.ruleFinding.revised);
            onClose();
        },
    });
    return (
        <ReasonDialogue
            title={text.ruleFinding.revise}
            what={text.ruleFinding.reviseWhat}
            label={text.ruleFinding.reviseReason}
            error={revise.error}
            busy={revise.isPending}
            onClose={onClose}
            onSubmit={(words) => revise.mutate({ params: { id }, body: { words } })}
        />
    );
}

type DecideProps = {
    finding: FindingItem;
    answer: FindingItem['answers'][number];
    as: 'accept' | 'refuse' | 'withdraw';
    onClose: () => void;
};

function DecideDialogue({ finding: { id, code }, answer, as, onClose }: DecideProps) {
    const text = useText();
    const { message } = App.useApp();
    const done = (words: string) => () => {
        void message.success(words);
        onClose();
    };
    const decide = useCommand('finding.decide', {
        onDone: done(as === 'refuse' ? text.ruleFinding.refused : text.ruleFinding.accepted),
    });
    const withdraw = useCommand('finding.withdraw', { onDone: done(text.ruleFinding.withdrawn) });
    const params = { id };
    if (as === 'refuse')
        return (
            <ReasonDialogue
                title={text.ruleFinding.refuse}
                label={text.ruleFinding.refuseReason}
                error={decide.error}
                busy={decide.isPending}
                onClose={onClose}
                onSubmit={(words) => decide.mutate({ params, body: { as: 'refused', words } })}
            />
        );
    const accepts = as === 'accept';
    const inVain = answer.kind === 'explain' && isUnexcusable(code);
    const what = inVain ? text.ruleFinding.acceptInVain : text.ruleFinding.acceptWhat;
    return (
        <ConfirmDialogue
            title={accepts ? text.ruleFinding.accept : text.ruleFinding.withdraw}
            what={accepts ? fill(what, { name: answer.statedBy.name, words: answer.words }) : text.ruleFinding.withdrawWhat}
            error={accepts ? decide.error : withdraw.error}
            busy={decide.isPending || withdraw.isPending}
            onClose={onClose}
            onConfirm={() =>
                accepts ? decide.mutate({ params, body: { as: 'accepted' } }) : withdraw.mutate({ params, body: {} })
            }
        />
    );
}
