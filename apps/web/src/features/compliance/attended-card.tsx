import { Link } from '@tanstack/react-router';
import { useFormat, useText } from '../../app/language.tsx';
import { Line } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { RelatedCard } from '../../app/related-card.tsx';
import { useMay, useMe } from '../../app/session.ts';

/** What somebody attended; about others for those who look after trainings, else nothing. */
export function AttendedCard({ personId }: { personId: string }) {
    const may = useMay();
    const me = useMe();
    return may('training.view') || me.person.id === personId ? <Attended personId={personId} /> : null;
}

function Attended({ personId }: { personId: string }) {
    const text = useText();
    const format = useFormat();
    const may = useMay();
    const found = useAsk('training.attended', { query: { personId, limit: 50 } });
    return (
        <RelatedCard
            title={text.training.own}
            all={may('training.view') && <Link to="/compliance/training-due">{text.training.due}</Link>}
            found={found}
            empty={text.training.ownNone}
            className="people"
            row={(item) => (
                <div>
                    {may('training.view') ? (
                        <Link to="/compliance/trainings/$id" params={{ id: item.training.id }}>
                            {item.training.title}
                        </Link>
                    ) : (
                        item.training.title
                    )}
                    <span className="second">
                        <Line
                            of={[
                                format.list(item.training.topics.map((topic) => text.training.topicNames[topic])),
                                item.training.toDay,
                                text.training.results[item.result],
                                item.score,
                            ]}
                        />
                    </span>
                </div>
            )}
        />
    );
}
