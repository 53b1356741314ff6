import { COVERAGE_PARAMETERS, interval, stripChart } from '@liuhen/domain';
import { StripChartSvg, stripChartEn, stripChartZh, useWidth } from '@liuhen/ui';
import { useId, useRef } from 'react';
import { useLanguage } from '../../app/language.tsx';
import type { ItemOf } from '../../app/query.ts';

type Item = ItemOf<'recording.proposals'>;
const NARROW = 560;

/** The question as a picture: when the footage ran, over the acts that it could belong to. Nothing where no time is known. */
export function ProposalChart({ item: { recording, proposal } }: { item: Item }) {
    const { language } = useLanguage();
    const box = useRef<HTMLDivElement>(null);
    const id = useId();
    const width = useWidth(box, 320);
    const { deviceStart, deviceEnd, corrected, device, officer } = recording;
    const ran = deviceStart === null || deviceEnd === null ? undefined : interval(deviceStart, deviceEnd);
    if (proposal.candidates.length === 0 || ran === undefined) return null;
    const carrier = { id: 'carrier', name: officer?.name ?? device?.number ?? recording.name };
    const model = stripChart({
        now: Date.now(),
        stated: null,
        clock: 'corrected',
        segments: [],
        segmentTitles: {},
        participants: [],
        recordings: [
            {
                id: recording.id,
                carrierId: carrier.id,
                deviceId: device?.id ?? '',
                deviceLabel: device?.number ?? '',
                segments: [{ id: recording.id, device: ran, corrected }],
                openStart: null,
                storedAt: recording.receivedAt,
            },
        ],
        documents: proposal.candidates.map(({ act }) => ({
            id: act.id,
            title: act.party ?? act.place,
            start: act.startsAt,
            end: act.endsAt,
        })),
        exemptions: [],
        explanations: [],
        spoken: [],
        parameters: COVERAGE_PARAMETERS,
        // Nothing is required of this row, so nothing is called a gap: that is the act's to say.
        rooms: [carrier],
        positions: [],
        marks: [],
        fits: [],
        cursor: null,
    });
    const texts = language === 'en' ? stripChartEn : stripChartZh;
    return (
        // The lines beside it say the same in words.
        <div ref={box} className="proposal-chart" aria-hidden="true">
            <StripChartSvg
                model={model}
                texts={{ ...texts, row: { ...texts.row, room: texts.row.roomBare } }}
                width={width}
                labelWidth={width < NARROW ? 112 : 200}
                id={`proposal-${id}`}
            />
        </div>
    );
}
