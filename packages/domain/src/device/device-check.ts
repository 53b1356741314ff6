import { DomainError } from '../kernel/domain-error.ts';
import type { Id } from '../kernel/ids.ts';
import { type Instant, MINUTE } from '../kernel/instant.ts';
import type { DeviceKind, DeviceState } from './device.ts';

/** 附件1 第7条: 装备无故障，时间准确，电池电量充足，内存卡有足够存储空间. */
export const CHECK_POINTS = ['noFault', 'timeRight', 'batteryEnough', 'spaceEnough'] as const;
export type CheckPoint = (typeof CHECK_POINTS)[number];
export type CheckAnswers = Readonly<Record<CheckPoint, boolean>>;

/** On the officer's phone, or by the manager where the recorders stand. */
export const CHECK_PLACES = ['phone', 'dock'] as const;
export type CheckPlace = (typeof CHECK_PLACES)[number];

/** What was not in order. */
export const failedItems = (answers: CheckAnswers): CheckPoint[] => CHECK_POINTS.filter((item) => !answers[item]);

/** A phone's clock may be a little ahead of the server's. */
const AHEAD = 5 * MINUTE;

/**
 * A check that was made without network is heard of later: when it was made counts. A device that is not to be used is
 * checked all the same, since that it was taken along is what has to be known. Throws `device.notPersonal`,
 * `device.checkInFuture` or `device.isRetired`.
 */
export function decideCheck(device: { readonly kind: DeviceKind; readonly state: DeviceState }, at: Instant, now: Instant): void {
    if (device.kind === 'roomCamera') throw new DomainError('device.notPersonal');
    if (device.state === 'retired') throw new DomainError('device.isRetired');
    if (at > now + AHEAD) throw new DomainError('device.checkInFuture');
}

/** A battery that was read counts by its figure; the organisation says what is enough. */
export const batteryJudged = (answers: CheckAnswers, percent: number | null, enoughPercent: number): CheckAnswers =>
    percent === null ? answers : { ...answers, batteryEnough: answers.batteryEnough && percent >= enoughPercent };

/** 附件1 第15条: a recorder checked out by somebody whom the register does not know as its holder may be lent. */
export const isByOther = (check: { readonly personId: Id; readonly holderId: Id | null; readonly place: CheckPlace }): boolean =>
    check.place === 'phone' && check.holderId !== check.personId;
