import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { fill, PROOF_PATH } from '@liuhen/contract';
import { type HeadHash, TLOG_PROOF_EXTENSION } from '@liuhen/domain';
import { Link } from '@tanstack/react-router';
import { Button, Drawer } from 'antd';
import { CopyButton, Hash } from '../../app/copy.tsx';
import { downloadText } from '../../app/csv.ts';
import { ErrorNote } from '../../app/error-note.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Waiting } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { useReturnFocus } from '../../app/return-focus.ts';
import { useSaveFile } from '../../app/save-file.ts';
import { useMay } from '../../app/session.ts';
import { useCommand } from '../../app/use-command.ts';
import { useActorWords } from './actor-words.ts';
import { useEventWords } from './event-words.ts';

type Entry = ResponseOf<Endpoints['ledger.get']>;

/** One entry of the log: what it says in plain words, then the very bytes and digests, for whoever checks. */
export function EntryDrawer({ index, size, onClose }: { index: string; size: string | undefined; onClose: () => void }) {
    useReturnFocus();
    const text = useText();
    const format = useFormat();
    const { data, error, isPending, refetch } = useAsk('ledger.get', { params: { index } });
    return (
        <Drawer open size={640} title={fill(text.log.entryTitle, { index: format.count(BigInt(index)) })} onClose={onClose}>
            {isPending && <Waiting />}
            <ErrorNote error={error} of="read" onRetry={() => void refetch()} />
            {data !== undefined && <EntryParts entry={data} last={size !== undefined && BigInt(index) + 1n >= BigInt(size)} />}
        </Drawer>
    );
}

function EntryParts({ entry, last }: { entry: Entry; last: boolean }) {
    const text = useText();
    const format = useFormat();
    const eventWords = useEventWords();
    const actorWords = useActorWords();
    return (
        <div className="entry">
            <p>
                {fill(text.log.entryWhat, {
                    time: format.dateTime(entry.at, 'second'),
                    actor: actorWords(entry.actor),
                    kind: eventWords(entry.kind),
                })}
            </p>
            <nav aria-label={text.log.title} className="entry-walk">
                {entry.index !== '0' && (
                    <Link
                        from="/log"
                        to="/log"
                        replace
                        search={(before) => ({ ...before, entry: String(BigInt(entry.index) - 1n) })}
                    >
                        ← {text.log.previous}
                    </Link>
                )}
                {!last && (
                    <Link
                        from="/log"
                        to="/log"
                        replace
                        search={(before) => ({ ...before, entry: String(BigInt(entry.index) + 1n) })}
                    >
                        {text.log.next} →
                    </Link>
                )}
            </nav>
            <section>
                <h2>{text.log.objects}</h2>
                <ul className="plain">
                    {entry.objects.map((each) => (
                        <li key={each.id}>
                            <Link to="/log" search={{ objectId: each.id }} className="mono">
                                {each.id}
                            </Link>{' '}
                            <span className="faint">{fill(text.log.objectSeq, { seq: each.seq })}</span>
                        </li>
                    ))}
                </ul>
            </section>
            <Body entry={entry} />
            <Proof entry={entry} />
            <section>
                <h2>{text.log.rows}</h2>
                {entry.rows.length === 0 ? (
                    <p className="faint">{text.log.rowsNone}</p>
                ) : (
                    <ul className="plain mono">
                        {entry.rows.map((row) => (
                            <li key={`${row.table}${row.id}`} className="wrap">
                                {row.table} · {row.id} · {text.log.version} {row.version}
                            </li>
                        ))}
                    </ul>
                )}
            </section>
            {entry.content.length > 0 && (
                <section>
                    <h2>{text.log.content}</h2>
                    {entry.content.map((each) => (
                        <dl className="facts" key={each.sha256}>
                            <dt>SHA-256</dt>
                            <dd>
                                <Hash value={each.sha256} label="SHA-256" />
                            </dd>
                            <dt>SM3</dt>
                            <dd>
                                <Hash value={each.sm3} label="SM3" />
                            </dd>
                            <dt>{text.log.sizeOf}</dt>
                            <dd>
                                {format.bytes(BigInt(each.size))}
                                {format.brackets(`${format.count(BigInt(each.size))} B`)}
                            </dd>
                        </dl>
                    ))}
                </section>
            )}
            <section>
                <h2>
                    {text.log.signed} <CopyButton value={entry.entry} label={text.log.signed} />
                </h2>
                <p className="faint">{text.log.signedWhat}</p>
                <Bytes>{entry.entry}</Bytes>
            </section>
            <section>
                <h2>{text.log.leaf}</h2>
                <p className="faint">{text.log.leafWhat}</p>
                <Hash value={entry.leaf} label={text.log.leaf} />
            </section>
            <section>
                <h2>{text.log.chainAt}</h2>
                <Hash value={entry.chain} label={text.log.chainAt} />
            </section>
            <section>
                <h2>{text.log.command}</h2>
                <code className="mono">{entry.commandId}</code>
            </section>
        </div>
    );
}

/** Names and values: opened by a command of its own, because looking is noted too. */
function Body({ entry }: { entry: Entry }) {
    const text = useText();
    const may = useMay();
    const open = useCommand('ledger.viewBody', { refresh: false });
    const view = () => open.mutate({ params: { index: entry.index } });
    return (
        <section>
            <h2>{text.log.body}</h2>
            {entry.bodyState === 'destroyed' ? (
                <p className="faint">{text.log.bodyDestroyed}</p>
            ) : !may('ledger.viewBody') ? (
                <p className="faint">{text.log.bodyDenied}</p>
            ) : open.data === undefined ? (
                <>
                    <p className="faint">{text.log.bodyWhat}</p>
                    <ErrorNote error={open.error} of="command" onRetry={view} />
                    <Button onClick={view} disabled={open.isPending}>
                        {open.isPending ? text.log.bodyOpening : text.log.bodyOpen}
                    </Button>
                </>
            ) : (
                <Bytes>{JSON.stringify(open.data.body, null, 2)}</Bytes>
            )}
        </section>
    );
}

/** What somebody takes along who is to be shown that this entry was in the log: its bytes, and their way to a signature. */
function Proof({ entry }: { entry: Entry }) {
    const text = useText();
    const save = useSaveFile();
    const proof = (head: HeadHash) => () =>
        save.mutate({
            path: `${PROOF_PATH.replace(':index', entry.index)}?head=${head}`,
            name: `entry-${entry.index}-${head}${TLOG_PROOF_EXTENSION}`,
        });
    return (
        <section>
            <h2>{text.log.proof}</h2>
            <p className="faint">{text.log.proofWhat}</p>
            <ErrorNote error={save.error} of="command" />
            <div className="buttons">
                <Button onClick={proof('sha256')} disabled={save.isPending}>
                    {text.log.proofSave}
                </Button>
                <Button onClick={proof('sm3')} disabled={save.isPending}>
                    {text.log.proofSaveSm}
                </Button>
                <Button onClick={() => downloadText(`entry-${entry.index}.json`, entry.entry, 'application/json')}>
                    {text.log.proofEntry}
                </Button>
            </div>
        </section>
    );
}

/** What scrolls has to be reachable by key. */
const Bytes = ({ children }: { children: string }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <pre className="bytes" tabIndex={0}>
        {children}
    </pre>
);
