import type { DeviceState } from '@liuhen/domain';
import type { Status } from '../../app/page.tsx';

export const DEVICE_STATUS: Record<DeviceState, Status> = {
    inService: 'held',
    faulty: 'broken',
    inRepair: 'act',
    lost: 'broken',
    retired: 'judge',
};
