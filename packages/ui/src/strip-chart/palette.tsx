import type { FindingLook } from '@liuhen/domain';
import type { ReactNode } from 'react';
import { tokens } from '../tokens.ts';
import type { GapLook } from './words.ts';

export type PaletteName = 'colour' | 'mono';

type Bar = {
    readonly fill: string;
    readonly stroke: string;
    readonly text: string;
    readonly halo: string;
    readonly joint: string;
};
type Box = { readonly fill: string; readonly stroke: string; readonly text: string; readonly dash: string };

/** How the chart is painted: in colour on screen, and in black and white where patterns alone must tell things apart. */
export type Palette = {
    readonly name: PaletteName;
    readonly ink: string;
    readonly ink2: string;
    readonly ink3: string;
    readonly grid: string;
    readonly ground: string;
    readonly field: string;
    readonly fieldEdge: string;
    /** Around words that stand on the field, so that lines beneath do not cut them. */
    readonly halo: string;
    readonly document: Bar;
    readonly segment: Bar;
    readonly officer: Bar;
    readonly room: Bar;
    readonly assistant: Bar;
    readonly inside: Bar;
    readonly outside: Bar;
    readonly nowhere: Bar;
    readonly gap: Record<GapLook, Box>;
    readonly finding: Record<FindingLook, string>;
    readonly marks: {
        readonly held: string;
        readonly plain: string;
        readonly photo: string;
        readonly key: string;
        readonly proposed: string;
    };
    readonly cursor: string;
};

/** Paint servers are named per chart, so that several charts on one page keep their own. */
export function palette(name: PaletteName, id: string): Palette {
    const hatch = `url(#${id}-hatch)`;
    const white = '#ffffff';
    if (name === 'mono') {
        const ink = '#000000';
        const box = (fill: string, dash: string): Box => ({ fill, stroke: ink, text: ink, dash });
        return {
            name,
            ink,
            ink2: '#222222',
            ink3: '#333333',
            grid: '#cccccc',
            ground: white,
            field: `url(#${id}-dots)`,
            fieldEdge: ink,
            halo: white,
            document: { fill: white, stroke: ink, text: ink, halo: white, joint: ink },
            segment: { fill: white, stroke: ink, text: ink, halo: white, joint: ink },
            officer: { fill: '#2b2b2b', stroke: ink, text: white, halo: '#2b2b2b', joint: white },
            room: { fill: '#8c8c8c', stroke: ink, text: ink, halo: '#8c8c8c', joint: white },
            assistant: { fill: hatch, stroke: ink, text: ink, halo: white, joint: ink },
            inside: { fill: `url(#${id}-cross)`, stroke: ink, text: ink, halo: white, joint: ink },
            outside: { fill: white, stroke: ink, text: ink, halo: white, joint: ink },
            nowhere: { fill: hatch, stroke: ink, text: ink, halo: white, joint: ink },
            gap: {
                open: box(white, '4 3'),
                judge: box(white, '2 3'),
                unmet: box(white, ''),
                explained: box(`url(#${id}-lines)`, '4 3'),
                exempt: box(`url(#${id}-exempt)`, ''),
                exemptWaiting: box(`url(#${id}-exempt)`, '2 3'),
                notDue: box(white, '1 3'),
                tolerated: box(white, '1 3'),
            },
            finding: { open: ink, waiting: ink, stands: ink, unmet: ink, explained: ink },
            marks: { held: ink, plain: '#555555', photo: ink, key: ink, proposed: ink },
            cursor: ink,
        };
    }
    const t = tokens;
    const bar = (fill: string): Bar => ({ fill, stroke: 'none', text: white, halo: fill, joint: white });
    const grey = { stroke: '#76838f', text: t.ink2 };
    return {
        name,
        ink: t.ink,
        ink2: t.ink2,
        ink3: t.ink3,
        grid: t.line,
        ground: t.card,
        field: t.documentSoft,
        fieldEdge: t.document,
        halo: '#f8f7fe',
        document: bar(t.document),
        segment: { fill: '#e7e2fb', stroke: t.document, text: '#40348c', halo: '#e7e2fb', joint: t.document },
        officer: bar(t.recorder),
        room: bar(t.room),
        assistant: { fill: hatch, stroke: t.assistant, text: t.ink2, halo: t.assistantSoft, joint: '#6d8aa3' },
        inside: { ...bar(t.position), text: '#22685f' },
        outside: { fill: white, stroke: t.position, text: '#22685f', halo: white, joint: t.position },
        nowhere: { fill: hatch, stroke: t.assistant, text: t.ink2, halo: white, joint: t.assistant },
        gap: {
            open: { fill: t.actSoft, stroke: t.act, text: t.act, dash: '4 3' },
            judge: { fill: '#f6f8fa', ...grey, dash: '4 3' },
            unmet: { fill: white, stroke: t.broken, text: t.broken, dash: '' },
            explained: { fill: '#eceff2', ...grey, dash: '4 3' },
            exempt: { fill: `url(#${id}-exempt)`, ...grey, dash: '' },
            exemptWaiting: { fill: `url(#${id}-exempt)`, ...grey, dash: '4 3' },
            notDue: { fill: white, ...grey, dash: '1 3' },
            tolerated: { fill: white, ...grey, dash: '1 3' },
        },
        finding: { open: t.act, waiting: t.ink2, stands: t.broken, unmet: t.broken, explained: t.ink3 },
        marks: { held: t.ok, plain: t.ink2, photo: t.brand, key: t.act, proposed: t.ink3 },
        cursor: t.cursor,
    };
}

/** Attributes of words that stand on the field. */
export const haloed = ({ halo }: Palette) =>
    ({ stroke: halo, strokeWidth: 3, strokeLinejoin: 'round', paintOrder: 'stroke' }) as const;

/** Patterns and the soft edge of an uncertain clock, named after `id`. */
export function PaletteDefs({ name, id }: { readonly name: PaletteName; readonly id: string }): ReactNode {
    const mono = name === 'mono';
    const pattern = (key: string, ground: string, size: number, rotate: number, drawing: ReactNode) => (
        <pattern
            id={`${id}-${key}`}
            width={size}
            height={size}
            patternUnits="userSpaceOnUse"
            patternTransform={`rotate(${rotate})`}
        >
            <rect width={size} height={size} fill={ground} />
            {drawing}
        </pattern>
    );
    const stripe = (size: number, colour: string, width: number) => (
        <line x1="0" y1="0" x2="0" y2={size} stroke={colour} strokeWidth={width} />
    );
    return (
        <defs>
            {pattern(
                'hatch',
                mono ? '#fff' : tokens.assistantSoft,
                6,
                45,
                stripe(6, mono ? '#000' : tokens.assistant, mono ? 1.4 : 2.4),
            )}
            {pattern('exempt', mono ? '#fff' : '#f6f8fa', 8, -45, stripe(8, mono ? '#000' : '#d3dae1', mono ? 1 : 2))}
            {pattern('lines', '#fff', 5, 0, stripe(5, '#777', 1))}
            {pattern('cross', '#fff', 4, 45, <path d="M0 0H4M0 0V4" stroke="#000" strokeWidth="1.2" />)}
            {pattern('dots', '#fff', 7, 0, <circle cx="1.5" cy="1.5" r="0.7" fill="#b4b4b4" />)}
            {(['officer', 'room', 'assistant'] as const).flatMap((kind) => {
                const { fill } = palette(name, id)[kind];
                const colour = fill.startsWith('url') ? (mono ? '#555' : tokens.assistant) : fill;
                return ([0, 1] as const).map((from) => (
                    <linearGradient key={`${kind}${from}`} id={`${id}-${kind}-${from === 0 ? 'in' : 'out'}`}>
                        <stop offset="0" stopColor={colour} stopOpacity={from === 0 ? 0.06 : 1} />
                        <stop offset="1" stopColor={colour} stopOpacity={from === 0 ? 1 : 0.06} />
                    </linearGradient>
                ));
            })}
        </defs>
    );
}
