import type { DockQuestion } from '@liuhen/domain';

/** What docking could not read, and where docked files lay. */
export const dockZh = {
    dock: {
        title: '采集待确认',
        sub: '采集时读到、但登记中没有的编号。确认一次，对带这个编号的所有文件和今后的文件有效；确认前文件在待确认区保管，不会丢失',
        questions: {
            device: '设备编号',
            officer: '人员编号',
            volume: '存储卷序列号',
            profile: '没有编号的文件',
        } satisfies Record<DockQuestion, string>,
        what: {
            device: '哪一台设备会写这个编号？',
            officer: '这是谁的编号？',
            volume: '文件名没有设备编号，这个存储卷属于哪一台设备？',
            profile: '文件名和存储卷都说不出设备。下面每一份单独确认',
        } satisfies Record<DockQuestion, string>,
        count: '{count} 份文件在等',
        since: '最早 {time}',
        samples: '例如',
        serial: '卷 {serial}',
        settle: '确认',
        settleOne: '确认这份',
        nobody: '不是任何人的编号',
        nobodyWhat: '如出厂编号 000000。带它的文件按领用登记归人',
        device: '设备',
        person: '人员',
        done: '已确认，等待的文件正在放行',
        waiting: '采集待确认 {count}',
        card: '采集记录',
        path: '记录仪上的位置',
        station: '采集终端',
        dockedAt: '采集时间',
        erasedAt: '已从记录仪清除',
        kept: '没有清除',
        profile: '读取规则',
        noProfile: '没有合适的规则',
        key: '重点文件',
        marks: { name: '文件名', folder: '文件夹', readOnly: '只读属性' },
        asked: '等待确认：{what} {text}',
    },
};
