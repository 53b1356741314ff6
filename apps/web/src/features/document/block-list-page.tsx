import { fill } from '@liuhen/contract';
import { BLOCK_STATES } from '@liuhen/domain';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { ErrorNote } from '../../app/error-note.tsx';
import { Filters, Pick } from '../../app/filters.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Empty, Line, PageHead, Tag, Waiting } from '../../app/page.tsx';
import { PersonPick } from '../../app/pick-remote.tsx';
import { useAsk } from '../../app/query.ts';
import { ReasonDialogue } from '../../app/reason-dialogue.tsx';
import { useMay } from '../../app/session.ts';
import { useCommand } from '../../app/use-command.ts';
import { BlockDrawer } from './block-drawer.tsx';
import { DocumentTabs } from './document-tabs.tsx';
import type { Block } from './document-types.ts';
import { SealBlockDialogue } from './seal-dialogue.tsx';
import { useSeriesWords } from './series-words.ts';
import { terminalName } from './terminal.ts';

/** Numbers that terminals took along, so that a document at the scene has one without network. */
export function BlockListPage() {
    const text = useText();
    const may = useMay();
    const navigate = useNavigate({ from: '/documents/blocks' });
    const search = useSearch({ from: '/signed-in/shell/documents/blocks' });
    const { data, error, isPending, refetch } = useAsk('document.numberBlocks', { query: search });
    const [reserving, setReserving] = useState(false);
    const [returning, setReturning] = useState<Block>();
    const [sealing, setSealing] = useState<Block>();
    const button = may('document.write') && (
        <Button type="primary" onClick={() => setReserving(true)}>
            {text.documentRegisters.reserve}
        </Button>
    );
    const change = (next: Partial<Record<keyof typeof search, string | undefined>>) =>
        void navigate({ search: (before) => ({ ...before, ...next }) as typeof before, replace: true });
    const filtered = Object.keys(search).length;
    return (
        <>
            <DocumentTabs />
            <PageHead title={text.documentRegisters.blocksTitle} facts={text.documentRegisters.blocksSub} actions={button} />
            <Card label={text.documentRegisters.blocksTitle}>
                <Filters count={filtered} onClear={() => void navigate({ search: {}, replace: true })}>
                    <Pick
                        label={text.document.state}
                        value={search.state}
                        options={BLOCK_STATES.map((each) => [each, text.documentRegisters.blockStates[each]] as const)}
                        onChange={(state) => change({ state })}
                    />
                    <PersonPick
                        label={text.documentRegisters.holder}
                        placeholder={text.documentRegisters.holder}
                        value={search.personId}
                        onChange={(personId) => change({ personId })}
                    />
                </Filters>
                {isPending && <Waiting />}
                {error !== null && (
                    <div className="body">
                        <ErrorNote error={error} of="read" onRetry={() => void refetch()} />
                    </div>
                )}
                {data?.items.length === 0 && (
                    <Empty
                        title={text.documentRegisters.blocksEmpty}
                        what={filtered > 0 ? text.document.noneWhat : text.documentRegisters.blocksEmptyWhat}
                        action={filtered > 0 ? null : button}
                    />
                )}
                <ul className="doc-list blocks">
                    {data?.items.map((block) => (
                        <BlockLine
                            key={block.id}
                            block={block}
                            onReturn={() => setReturning(block)}
                            onSeal={() => setSealing(block)}
                        />
                    ))}
                </ul>
            </Card>
            {reserving && <BlockDrawer onClose={() => setReserving(false)} />}
            {returning !== undefined && <ReturnBlock block={returning} onClose={() => setReturning(undefined)} />}
            {sealing !== undefined && <SealBlockDialogue block={sealing} onClose={() => setSealing(undefined)} />}
        </>
    );
}

function BlockLine({ block, onReturn, onSeal }: { block: Block; onReturn: () => void; onSeal: () => void }) {
    const text = useText();
    const format = useFormat();
    const may = useMay();
    const say = useSeriesWords();
    const left = block.numbers.filter((each) => each.state === 'reserved');
    const here = block.terminal === terminalName();
    return (
        <li>
            <div className="block-what">
                <strong lang="zh-CN">{say(block.series)}</strong>
                <div className="mono-figures">
                    {block.numbers[0]?.text} – {block.numbers.at(-1)?.text}
                </div>
                <div className="soft">
                    <Line
                        of={[
                            `${block.terminal}${here ? format.brackets(text.documentRegisters.thisTerminal) : ''}`,
                            block.person.name,
                            format.dateTime(block.reservedAt),
                            block.reason,
                        ]}
                    />
                </div>
                <details>
                    <summary>
                        {fill(text.documentRegisters.blockCounts, { all: block.numbers.length, left: left.length })}
                    </summary>
                    <ul className="block-numbers">
                        {block.numbers.map((each) => (
                            <li key={each.id}>
                                {each.text} <span className="soft">{text.documentRegisters.numberStates[each.state]}</span>
                            </li>
                        ))}
                    </ul>
                </details>
            </div>
            <Tag status={block.state === 'open' ? 'act' : undefined}>{text.documentRegisters.blockStates[block.state]}</Tag>
            {block.state === 'open' && may('document.seal') && (
                <Button onClick={onSeal}>{text.documentRegisters.sealBlock}</Button>
            )}
            {block.state === 'open' && may('document.write') && (
                <Button onClick={onReturn}>{text.documentRegisters.giveBack}</Button>
            )}
        </li>
    );
}

function ReturnBlock({ block, onClose }: { block: Block; onClose: () => void }) {
    const text = useText();
    const back = useCommand('document.returnNumbers', { onDone: onClose });
    return (
        <ReasonDialogue
            title={text.documentRegisters.giveBack}
            what={fill(text.documentRegisters.giveBackWhat, {
                left: block.numbers.filter((each) => each.state === 'reserved').length,
            })}
            label={text.documentFields.reason}
            error={back.error}
            busy={back.isPending}
            onClose={onClose}
            onSubmit={(reason) => back.mutate({ params: { id: block.id }, body: { reason } })}
        />
    );
}
