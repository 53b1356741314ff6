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
        'media.picture': '图片（{container}），没有需要测量的时长、声音和帧率',
        'media.lowResolution': '画面 {width}×{height}，低于参考参数 1920×1080',
        'media.lowFrameRate': '帧率 {rate} 帧/秒，低于参考参数',
        'media.audioOffset': '声音与画面开始相差 {start}、结束相差 {end}',
        'media.inspectionFailed': '检查没有完成，原件照存',
        'media.inspectionTimedOut': '检查超时，原件照存',
    } satisfies Record<Code | 'media.truncatedUsable', string>,
    /** What somebody can do about a file that does not play. */
    findingDo: {
        'media.empty': '到记录仪上核对这一段；设备里也是空的，就在执法行为的说明里写明原因。',
        'media.notMedia': '核对是否传错了文件。传错的不归入即可，再上传正确的录像。',
        'media.noMoov': '从记录仪或采集站重新导出这一段再上传；设备里也是这样的，请厂家修复，修复后的文件另行上传，本件不动。',
        'media.truncated': '从记录仪或采集站重新拷贝再上传；设备里也只有这些，就在执法行为的说明里写明原因。',
        'media.noVideo': '核对是否只录了声音；记录仪里另有画面的，把那份也上传。',
        'media.codecNotPlayable': '用支持这种编码的播放器打开原件。',
        'media.containerNotPlayable': '用支持这种格式的播放器打开原件。',
        'media.unsupportedContainer': '用厂家的播放器打开原件；能导出 MP4 的，导出后另行上传。',
        'media.inspectionFailed': '用播放器打开原件核对；打不开的，从记录仪重新拷贝再上传。',
        'media.inspectionTimedOut': '用播放器打开原件核对；打不开的，从记录仪重新拷贝再上传。',
    },
};
