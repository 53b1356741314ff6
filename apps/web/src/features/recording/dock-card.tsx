import { fill } from '@liuhen/contract';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Facts } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';

/** Where a docked file lay on its recorder, and how its name was read there; nothing for what was handed in otherwise. */
export function DockCard({ recordingId }: { recordingId: string }) {
    const text = useText();
    const format = useFormat();
    const items = useAsk('recording.docks', { params: { id: recordingId } }).data?.items ?? [];
    if (items.length === 0) return null;
    return (
        <Card title={text.dock.card}>
            {items.map((item) => (
                <div className="body part" key={item.id}>
                    <Facts
                        of={[
                            [
                                text.dock.path,
                                <span key="path" className="wrap">
                                    {item.path}
                                </span>,
                            ],
                            [
                                text.dock.station,
                                item.serial === null
                                    ? item.station
                                    : `${item.station} · ${fill(text.dock.serial, { serial: item.serial })}`,
                            ],
                            [text.dock.dockedAt, format.dateTime(item.dockedAt, 'second')],
                            [text.dock.profile, item.profile ?? text.dock.noProfile],
                            ...(item.marks.length === 0
                                ? []
                                : [[text.dock.key, item.marks.map((each) => text.dock.marks[each]).join(' · ')] as const]),
                            [
                                text.dock.erasedAt,
                                item.erasedAt === null
                                    ? text.dock.kept
                                    : item.erasedSaidAt === null
                                      ? fill(text.dock.erasedTold, { told: format.dateTime(item.erasedAt, 'second') })
                                      : fill(text.dock.erasedSaid, {
                                            said: format.dateTime(item.erasedSaidAt, 'second'),
                                            told: format.dateTime(item.erasedAt, 'second'),
                                        }),
                            ],
                        ]}
                    />
                    {item.asked.map(({ question, text: number }) => (
                        <p key={question}>{fill(text.dock.asked, { what: text.dock.questions[question], text: number })}</p>
                    ))}
                </div>
            ))}
        </Card>
    );
}
