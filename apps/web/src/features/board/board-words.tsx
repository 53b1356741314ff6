import { fill } from '@liuhen/contract';
import { type BoardState, type ByClock, CLOCK_DOUBTED, type Instant } from '@liuhen/domain';
import { useFormat, useText } from '../../app/language.tsx';
import type { Status } from '../../app/page.tsx';
import type { ItemOf } from '../../app/query.ts';

export type BoardItem = ItemOf<'board.list'>;

export const BOARD_STATUS: Record<BoardState, Status> = {
    soon: 'act',
    running: 'held',
    late: 'broken',
    unsure: 'judge',
    explained: 'judge',
    noTerm: 'judge',
    settled: 'held',
    clockDoubted: 'judge',
};

/** How long is left, or how long it has been over: in words, since a colour alone says nothing; nothing while the clock is doubted. */
export function useLeft(): (item: Pick<BoardItem, 'due' | 'receivedAt'>, now: ByClock<Instant>) => string {
    const text = useText();
    const format = useFormat();
    return ({ due, receivedAt }, now) => {
        if (due === null) return '';
        if (receivedAt !== null) return fill(text.board.tookLate, { time: format.duration(Math.max(0, receivedAt - due), 2) });
        if (now === CLOCK_DOUBTED) return '';
        const left = due - now;
        const time = format.duration(Math.abs(left), 2);
        return fill(left > 0 ? text.board.left : text.board.over, { time });
    };
}
