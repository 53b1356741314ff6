import type { Id } from '../kernel/ids.ts';
import type { DeviceState, IssueBasis } from './device.ts';

/**
 * How somebody is equipped (附件1 第3条: one recorder each). `one` · `several`: more than one · `unusable`: the one in hand is
 * faulty or lost · `inRepair`: none in hand, the last is in repair · `none`.
 */
export const EQUIPMENT = ['none', 'inRepair', 'unusable', 'several', 'one'] as const;
export type Equipment = (typeof EQUIPMENT)[number];

export type HeldRecorder = {
    readonly id: Id;
    readonly number: string;
    readonly state: DeviceState;
    readonly basis: IssueBasis;
};

/** `last`: the recorder that this person had last and has no more, while nobody else has it. */
export function equipmentOf(held: readonly HeldRecorder[], last: { readonly state: DeviceState } | null): Equipment {
    const present = held.filter(({ state }) => state !== 'lost');
    if (present.length > 1) return 'several';
    if (present.some(({ state }) => state === 'inService')) return 'one';
    if (held.length > 0) return 'unusable';
    return last !== null && (last.state === 'inRepair' || last.state === 'faulty') ? 'inRepair' : 'none';
}

/** 正文二(三): officers are equipped with mobile terminals. One that is faulty or lost is none. */
export const isWithoutTerminal = (
    kind: 'officer' | 'assistant',
    terminals: readonly { readonly state: DeviceState }[],
): boolean => kind === 'officer' && !terminals.some(({ state }) => state === 'inService');

/** 附件1 第3条 asks it of officers; assistants may be equipped (有条件的区可为协管员配备). */
export const isShortOf = (kind: 'officer' | 'assistant', equipment: Equipment): boolean =>
    kind === 'officer' ? equipment !== 'one' : equipment === 'several' || equipment === 'unusable';
