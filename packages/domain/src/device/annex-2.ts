/**
 * 附件2 执法记录仪设备参数, requirement by requirement: for reference (供参考), so nothing here refuses a device or a file.
 * `measure`: what software can say of it from files, runs and readings of the clock; null: a laboratory, the maker or a person
 * must. `quote`: the words of the notice.
 */
export const ANNEX_2_REQUIREMENTS = [
    { id: 'A2-1', item: 'CPU', quote: '四核2.0GHz及以上', measure: null },
    { id: 'A2-2', item: '操作系统', quote: 'Android8.1及以上', measure: null },
    { id: 'A2-3', item: '存储容量', quote: '支持不低于10小时的最高分辨率视频存储', measure: 'storage' },
    { id: 'A2-4', item: '摄像头', quote: '支持外接摄像头', measure: null },
    { id: 'A2-5', item: '屏幕', quote: '2.4英寸及以上', measure: null },
    { id: 'A2-6', item: '电池', quote: '支持不低于8小时摄录', measure: 'battery' },
    { id: 'A2-7', item: '卫星定位', quote: '支持北斗卫星导航定位', measure: 'positions' },
    { id: 'A2-8', item: '无线传输', quote: '4G/5G全网通', measure: null },
    { id: 'A2-9', item: '扬声器', quote: '内置扬声器，大于等于2W', measure: null },
    { id: 'A2-10', item: '红外夜视', quote: '10米内人体轮廓的清晰拍摄', measure: null },
    { id: 'A2-11', item: 'NFC', quote: 'NFC', measure: null },
    { id: 'A2-12', item: '蓝牙', quote: '支持蓝牙4.0及以上', measure: null },
    { id: 'A2-13', item: '视场角', quote: '水平视场角大于等于120°', measure: null },
    { id: 'A2-14', item: '视频分辨率', quote: '大于或等于1920*1080', measure: 'resolution' },
    { id: 'A2-15', item: '视频帧率', quote: '大于或等于30帧/秒', measure: 'frameRate' },
    { id: 'A2-16', item: '视频编码格式', quote: '支持H.264或H.265视频编码格式', measure: 'coding' },
    { id: 'A2-17', item: '视音频同步', quote: '视音频信号失步时间应小于等于1秒', measure: 'audioSync' },
    { id: 'A2-18', item: '抓拍功能', quote: '可抓拍与视频分辨率相同的照片', measure: 'snapshot' },
    { id: 'A2-19', item: '防护等级', quote: 'IP67', measure: null },
    { id: 'A2-20', item: '防护性能', quote: '抗2米自由跌落水泥地面', measure: null },
    { id: 'A2-21', item: '加密技术', quote: '支持软件加密或硬件加密', measure: null },
    { id: 'A2-22', item: '实时双向音视频传输', quote: '实时双向音视频传输', measure: null },
    { id: 'A2-23', item: '移动侦测', quote: '移动侦测', measure: null },
    { id: 'A2-24', item: '集群对讲', quote: '集群对讲', measure: null },
    { id: 'A2-25', item: '系统安全性', quote: '符合国家安全等级保护制度要求的安全接入服务', measure: null },
    { id: 'A2-26', item: '数据完整性', quote: '编码视频流应有防篡改、防非法复制等认证措施', measure: 'signature' },
    { id: 'A2-27', item: '数据完整性', quote: '在换取电池过程中可保持10min不断电工作', measure: null },
    { id: 'A2-28', item: '数据完整性', quote: '在关机前可自动保存所记录数据', measure: 'wholeness' },
    { id: 'A2-29', item: '可视遥控操作', quote: '支持使用可视遥控操作完成全部或部分操作', measure: null },
    { id: 'A2-30', item: '异常报警', quote: '支持具有电池欠压、存储溢出报警功能', measure: null },
    { id: 'A2-31', item: '重点文件标记', quote: '执法记录仪在摄录过程中可按相应的按键对此视频文件进行标记', measure: 'keyMark' },
    { id: 'A2-32', item: '计时误差', quote: '与标准时间的计时误差应小于或等于3秒/天', measure: 'clock' },
] as const;

export type Annex2Id = (typeof ANNEX_2_REQUIREMENTS)[number]['id'];
export type Annex2Measure = NonNullable<(typeof ANNEX_2_REQUIREMENTS)[number]['measure']>;

export const ANNEX_2_IDS = ANNEX_2_REQUIREMENTS.map((each) => each.id) as [Annex2Id, ...Annex2Id[]];

/**
 * 附件2 asks for 64 GB, for ten hours at the highest resolution, and for up to 16 Mbps: ten hours at 16 Mbps are 72 GB. It contradicts
 * itself, and the passport says so with the figures. Decimal gigabytes, as storage is sold.
 */
export const ANNEX_2_CONTRADICTION = {
    gigabytes: 64,
    hours: 10,
    megabits: 16,
    /** 16 × 10⁶ bit/s × 36 000 s ÷ 8. */
    neededGigabytes: 72,
    /** 64 × 10⁹ × 8 ÷ (16 × 10⁶ × 3600), in hundredths of an hour. */
    reachedHundredths: 888,
    /** 64 × 10⁹ × 8 ÷ 36 000, in hundredths of Mbps. */
    fittingHundredths: 1_422,
} as const;
