import { useText } from '../../app/language.tsx';
import { Card, Dot, Line } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { MergeWords, useMergeFacts } from './merge-parts.tsx';
import { MergeSteps } from './merge-steps.tsx';

/** Mergers of one party and proposals of them; absent where there are none. */
export function MergeCard({ partyId }: { partyId: string }) {
    const text = useText();
    const facts = useMergeFacts();
    const merges = useAsk('party.merges', { query: { partyId, limit: 50 } }).data?.items ?? [];
    if (merges.length === 0) return null;
    return (
        <Card title={text.merge.title} small={merges.length}>
            <ul className="people">
                {merges.map((merge) => (
                    <li key={merge.id} className="place">
                        <span>
                            <Dot status={merge.state === 'proposed' ? 'act' : merge.state === 'confirmed' ? 'held' : 'judge'} />
                            <MergeWords merge={merge} />
                            <span className="second">
                                <Line of={[text.merge.states[merge.state], ...facts(merge)]} />
                            </span>
                        </span>
                        <MergeSteps merge={merge} />
                    </li>
                ))}
            </ul>
        </Card>
    );
}
