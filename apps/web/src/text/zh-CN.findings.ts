import type { InspectionFinding } from '@liuhen/domain';

type Code = InspectionFinding['code'];

/** What a file's inspection can find, by code. */
export const findingsZh = {
    finding: {
        'media.empty': '空文件（0 字节）',
        'media.notMedia': '不是音像文件，或已损坏到无法识别',
        'media.noMoov': '没有索引（录制时断电或未正常结束），不能直接播放',
        'media.truncated': '文件不完整，缺少末尾 {missing}',
        'media.truncatedUsable': '文件不完整，缺少末尾 {missing}，前 {usable}可用',
        'media.noVideo': '没有画面',
        'media.noAudio': '没有声音',
        'media.codecNotPlayable': '编码 {codec} 不能在浏览器里播放，须另制衍生件',
        'media.containerNotPlayable': '封装格式 {container} 不能在浏览器里播放，须另制衍生件',
        'media.unsupportedContainer': '封装格式 {container} 无法检查，原件照存',
        'media.lowResolution': '画面 {width}×{height}，低于参考参数 1920×1080',
        'media.lowFrameRate': '帧率 {rate} 帧/秒，低于参考参数',
        'media.audioOffset': '声音与画面开始相差 {start}、结束相差 {end}',
        'media.inspectionFailed': '检查没有完成，原件照存',
        'media.inspectionTimedOut': '检查超时，原件照存',
    } satisfies Record<Code | 'media.truncatedUsable', string>,
};
