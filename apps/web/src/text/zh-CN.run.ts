/** Files of one recorder that continue each other. */
export const runZh = {
    run: {
        title: '连续录制',
        files: '{count} 个文件相接',
        joint: '换段间隔 {time}',
        touches: '前后相接',
        unknown: '未知',
        hidden: '（另一执法行为的文件）',
        gap: { before: '此前中断 {time}', after: '此后中断 {time}' },
        review: {
            before: '与前一文件的间隔需要核对（设备时钟未核对，按设备时间为 {time}）',
            after: '与后一文件的间隔需要核对（设备时钟未核对，按设备时间为 {time}）',
        },
        limit: {
            organisation: '相邻文件间隔不超过 {ms} 毫秒的算作连续（本机构参数）',
            model: '相邻文件间隔不超过 {ms} 毫秒的算作连续（本型号参数）',
        },
        measured: '本型号实测换段间隔：{count} 处，中位 {median}，最长 {most}（文件名精确到秒，误差可达 1 秒）',
        measuredNone: '本型号还没有可以测量的相接文件',
    },
};
