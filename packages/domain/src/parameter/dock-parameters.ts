import { define } from './parameter.ts';

/** What docking may do, and how its readings of clocks are believed. */
export const DOCK_PARAMETERS = {
    'dock.erase': define({
        group: 'device',
        zh: '采集并核验后，自动清除执法记录仪上的原文件',
        en: 'Erase files from recorders once they are in and verified',
        kind: 'yesNo',
        value: false,
        standing: 'own',
        basis: '本机构自定；默认不清除。只清除服务器已落盘、已回读、摘要一致并出具签名收据的文件',
        bound: 'free',
    }),
    'clock.gnssLagSeconds': define({
        group: 'device',
        zh: '卫星定位语句写入记录仪文件的最长滞后（秒）',
        en: 'Most seconds between a satellite fix and its line in a recorder’s file',
        kind: 'count',
        value: 2,
        standing: 'own',
        basis: '本机构自定：常见接收机每秒一句',
        bound: 'free',
    }),
    'clock.dockSlackSeconds': define({
        group: 'device',
        zh: '采集终端代读设备时钟时，另加的误差（秒）',
        en: 'Seconds added on both sides of a clock reading that a docking computer passes on',
        kind: 'count',
        value: 2,
        standing: 'own',
        basis: '本机构自定：离线期间采集终端自身时钟的走偏',
        bound: 'free',
    }),
};
