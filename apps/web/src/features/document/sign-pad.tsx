import { type PointerEvent, useRef } from 'react';
import { useText } from '../../app/language.tsx';
import { extended, PAD_HEIGHT, PAD_WIDTH, type Point, pathOf, type Stroke } from './handwriting.ts';

type Props = { label: string; strokes: readonly Stroke[]; onChange: (next: readonly Stroke[]) => void; disabled: boolean };

/** Where a finger or a pen writes. Only the pointer that began a stroke goes on with it: a resting palm draws nothing. */
export function SignPad({ label, strokes, onChange, disabled }: Props) {
    const text = useText();
    const pen = useRef<number>(undefined);
    /** Several movements may come before the next drawing: they are counted here, not on what is drawn. */
    const written = useRef(strokes);
    written.current = strokes;
    const at = (event: PointerEvent<SVGSVGElement>): Point => {
        const box = event.currentTarget.getBoundingClientRect();
        const within = (value: number, most: number) => Math.min(most, Math.max(0, value));
        return [
            within(((event.clientX - box.left) / box.width) * PAD_WIDTH, PAD_WIDTH),
            within(((event.clientY - box.top) / box.height) * PAD_HEIGHT, PAD_HEIGHT),
        ];
    };
    const take = (next: readonly Stroke[]) => {
        written.current = next;
        onChange(next);
    };
    const lift = (event: PointerEvent<SVGSVGElement>) => {
        if (pen.current === event.pointerId) pen.current = undefined;
    };
    return (
        <div className="sign-pad">
            <svg
                viewBox={`0 0 ${PAD_WIDTH} ${PAD_HEIGHT}`}
                role="img"
                aria-label={label}
                onPointerDown={(event) => {
                    if (disabled || pen.current !== undefined || (event.pointerType === 'mouse' && event.button !== 0)) return;
                    event.preventDefault();
                    pen.current = event.pointerId;
                    event.currentTarget.setPointerCapture(event.pointerId);
                    take([...written.current, [at(event)]]);
                }}
                onPointerMove={(event) => {
                    if (pen.current !== event.pointerId) return;
                    const last = written.current.at(-1) ?? [];
                    const next = extended(last, at(event));
                    if (next !== last) take([...written.current.slice(0, -1), next]);
                }}
                onPointerUp={lift}
                onPointerCancel={lift}
            >
                <line className="sign-line" x1="60" x2={PAD_WIDTH - 60} y1={PAD_HEIGHT - 90} y2={PAD_HEIGHT - 90} />
                <path d={pathOf(strokes)} />
            </svg>
            {strokes.length === 0 && <span className="sign-here">{text.documentSign.here}</span>}
        </div>
    );
}

/** What was written, small, for lists. */
export const Handwriting = ({ path, label }: { path: string; label: string }) => (
    <svg className="handwriting" viewBox={`0 0 ${PAD_WIDTH} ${PAD_HEIGHT}`} role="img" aria-label={label}>
        <path d={path} />
    </svg>
);
