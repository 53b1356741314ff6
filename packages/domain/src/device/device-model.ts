import type { Annex2Id } from './annex-2.ts';

/** Where a stated figure comes from. `measured` figures are no statement and do not stand here. */
export const FIGURE_SOURCES = ['maker', 'certificate', 'tender', 'ownTest'] as const;
export type FigureSource = (typeof FIGURE_SOURCES)[number];

/** What can be compared: a number that must be reached, or must not be passed; else words for a person to read. */
export type FigureRule =
    | { readonly kind: 'atLeast'; readonly limit: number; readonly unit: string }
    | { readonly kind: 'atMost'; readonly limit: number; readonly unit: string }
    | { readonly kind: 'yes' }
    /** A version by name and numbers, the foremost first. */
    | { readonly kind: 'version'; readonly name: string; readonly limit: readonly number[] }
    /** GB 4208: against solid bodies, against water. */
    | { readonly kind: 'ip'; readonly solid: number; readonly water: number }
    | { readonly kind: 'words' };

type Figure = { readonly zh: string; readonly en: string; readonly asked: string; readonly rule: FigureRule };

const atLeast = (limit: number, unit: string): FigureRule => ({ kind: 'atLeast', limit, unit });
const atMost = (limit: number, unit: string): FigureRule => ({ kind: 'atMost', limit, unit });
const yes: FigureRule = { kind: 'yes' };
const words: FigureRule = { kind: 'words' };
const figure = (zh: string, en: string, asked: string, rule: FigureRule): Figure => ({ zh, en, asked, rule });

/** 附件2 执法记录仪设备参数（供参考）, in its order and in its words; what it asks is advice. */
export const MODEL_FIGURES = {
    cpu: figure('CPU', 'CPU', '四核 2.0GHz 及以上', words),
    securityChip: figure('国密安全芯片', 'Security chip', '基于国密安全芯片', yes),
    system: figure('操作系统', 'Operating system', 'Android 8.1 及以上', { kind: 'version', name: 'Android', limit: [8, 1] }),
    storageGb: figure('存储容量', 'Storage', '64G 及以上', atLeast(64, 'GB')),
    recordHours: figure('最高分辨率存储时长', 'Hours stored at the highest resolution', '不低于 10 小时', atLeast(10, 'h')),
    cameras: figure('摄像头', 'Cameras', '支持外接摄像头，可实现前、后双摄远程指挥', words),
    screenInch: figure('屏幕', 'Screen', '2.4 英寸及以上', atLeast(2.4, 'in')),
    touchScreen: figure('触摸屏', 'Touch screen', '触摸屏', yes),
    fullAngle: figure('屏幕全视角', 'Seen from every angle', '全视角', yes),
    sunlight: figure('屏幕阳光可视', 'Readable in sunlight', '阳光可视', yes),
    batteryMah: figure('电池容量', 'Battery', '3000mAh 及以上', atLeast(3000, 'mAh')),
    batteryHours: figure('电池摄录时长', 'Hours of recording on one battery', '不低于 8 小时', atLeast(8, 'h')),
    positioning: figure('卫星定位', 'Positioning', '可接受卫星数据并提供定位信息，支持北斗卫星导航定位', yes),
    wireless: figure('无线传输', 'Wireless', '4G/5G 全网通', yes),
    wifi: figure('WiFi', 'WiFi', '支持 WiFi', yes),
    speakerWatt: figure('扬声器', 'Loudspeaker', '内置扬声器，大于等于 2W', atLeast(2, 'W')),
    nightFaceMetres: figure('红外夜视：面部', 'Night vision: faces', '5 米内人物面部特征', atLeast(5, 'm')),
    nightBodyMetres: figure('红外夜视：轮廓', 'Night vision: outlines', '10 米内人体轮廓', atLeast(10, 'm')),
    nfc: figure('NFC', 'NFC', '支持', yes),
    bluetooth: figure('蓝牙', 'Bluetooth', '支持蓝牙 4.0 及以上', atLeast(4, '')),
    viewDegrees: figure('视场角', 'Field of view', '水平视场角大于等于 120°', atLeast(120, '°')),
    width: figure('视频分辨率：宽', 'Video width', '大于或等于 1920*1080', atLeast(1920, 'px')),
    height: figure('视频分辨率：高', 'Video height', '大于或等于 1920*1080', atLeast(1080, 'px')),
    frameRate: figure('视频帧率', 'Frame rate', '大于或等于 30 帧/秒', atLeast(30, 'fps')),
    codec: figure('视频编码格式', 'Video codec', '支持 H.264 或 H.265', words),
    bitRate: figure('编码率', 'Bit rate', '1Mbps～16Mbps 可选', words),
    soundSkewSeconds: figure('视音频失步', 'Sound out of step', '小于等于 1 秒', atMost(1, 's')),
    snapshot: figure('抓拍功能', 'Photo while filming', '摄录过程中可抓拍与视频分辨率相同的照片', yes),
    protection: figure('防护等级', 'Protection grade', '符合 GB4208-2011 中 IP67', { kind: 'ip', solid: 6, water: 7 }),
    dropMetres: figure('自由跌落', 'Free fall', '抗 2 米自由跌落水泥地面', atLeast(2, 'm')),
    temperature: figure('工作环境', 'Temperature', '适用于 -20° 至 50° 工作环境；恶劣条件下须防爆认证', words),
    encryption: figure('加密技术', 'Encryption', '支持软件加密或硬件加密', yes),
    twoWay: figure('实时双向音视频传输', 'Two-way sound and picture', '支持', yes),
    motion: figure('移动侦测', 'Motion detection', '支持', yes),
    groupTalk: figure('集群对讲', 'Group talk', '支持', yes),
    secureAccess: figure('系统安全性', 'Secure access', '符合国家安全等级保护制度要求的安全接入服务', yes),
    integrity: figure('数据完整性', 'Integrity of data', '编码视频流应有防篡改、防非法复制等认证措施；关机前可自动保存', yes),
    swapMinutes: figure('换电池不断电', 'Runs on while the battery is changed', '可保持 10min 不断电工作', atLeast(10, 'min')),
    remoteControl: figure('可视遥控操作', 'Remote control', '支持使用可视遥控操作完成全部或部分操作', yes),
    alarms: figure('异常报警', 'Alarms', '支持电池欠压、存储溢出报警；外接摄像头的，支持视频丢失报警', yes),
    keyMark: figure('重点文件标记', 'Key-file mark', '摄录过程中可按键对此视频文件进行标记', yes),
    clockSecondsPerDay: figure('计时误差', 'Clock error', '与标准时间的计时误差应小于或等于 3 秒/天', atMost(3, 's/d')),
} as const satisfies Record<string, Figure>;

export type ModelFigure = keyof typeof MODEL_FIGURES;
export const MODEL_FIGURE_KEYS = Object.keys(MODEL_FIGURES) as [ModelFigure, ...ModelFigure[]];
export const modelFigure = (key: ModelFigure): Figure => MODEL_FIGURES[key];

/** The requirement of 附件2, counted as in `ANNEX_2_REQUIREMENTS`, that a figure speaks of. */
const REQUIREMENT_OF = {
    cpu: ['A2-1'],
    securityChip: ['A2-1'],
    system: ['A2-2'],
    storageGb: ['A2-3'],
    recordHours: ['A2-3'],
    cameras: ['A2-4'],
    screenInch: ['A2-5'],
    touchScreen: ['A2-5'],
    fullAngle: ['A2-5'],
    sunlight: ['A2-5'],
    batteryMah: ['A2-6'],
    batteryHours: ['A2-6'],
    positioning: ['A2-7'],
    wireless: ['A2-8'],
    wifi: ['A2-8'],
    speakerWatt: ['A2-9'],
    nightFaceMetres: ['A2-10'],
    nightBodyMetres: ['A2-10'],
    nfc: ['A2-11'],
    bluetooth: ['A2-12'],
    viewDegrees: ['A2-13'],
    width: ['A2-14'],
    height: ['A2-14'],
    frameRate: ['A2-15'],
    codec: ['A2-16'],
    bitRate: ['A2-16'],
    soundSkewSeconds: ['A2-17'],
    snapshot: ['A2-18'],
    protection: ['A2-19'],
    dropMetres: ['A2-20'],
    temperature: ['A2-20'],
    encryption: ['A2-21'],
    twoWay: ['A2-22'],
    motion: ['A2-23'],
    groupTalk: ['A2-24'],
    secureAccess: ['A2-25'],
    // One line of the register for two sentences of the notice.
    integrity: ['A2-26', 'A2-28'],
    swapMinutes: ['A2-27'],
    remoteControl: ['A2-29'],
    alarms: ['A2-30'],
    keyMark: ['A2-31'],
    clockSecondsPerDay: ['A2-32'],
} as const satisfies Record<ModelFigure, readonly Annex2Id[]>;

export const requirementsOf = (key: ModelFigure): readonly Annex2Id[] => REQUIREMENT_OF[key];

export type StatedFigure = {
    readonly key: ModelFigure;
    readonly value: string;
    readonly source: FigureSource;
    /** Number of the certificate, page of the data sheet, laboratory, day. */
    readonly detail: string | null;
};

/** `read`: for a person to read. Nothing of it is a verdict: 附件2 is 供参考. */
export const FIGURE_STANDINGS = ['reaches', 'below', 'read'] as const;
export type FigureStanding = (typeof FIGURE_STANDINGS)[number];

const YES = /^(是|有|支持|符合|yes|y|true|√)/i;
const NO = /^(否|无|不|no|n|false|×)/i;

/** How a stated figure stands to what 附件2 asks; the first number in it is the figure. */
export function figureStanding({ key, value }: Pick<StatedFigure, 'key' | 'value'>): FigureStanding {
    const { rule } = modelFigure(key);
    if (rule.kind === 'words') return 'read';
    if (rule.kind === 'yes') return NO.test(value) ? 'below' : YES.test(value) ? 'reaches' : 'read';
    if (rule.kind === 'version') return versionStanding(rule.name, rule.limit, value);
    if (rule.kind === 'ip') {
        const [, solid, water] = /IP\s?(\d)(\d)/i.exec(value) ?? [];
        if (solid === undefined || water === undefined) return 'read';
        return Number(solid) >= rule.solid && Number(water) >= rule.water ? 'reaches' : 'below';
    }
    const number = Number(/-?\d+(?:\.\d+)?/.exec(value.replaceAll(',', ''))?.[0] ?? Number.NaN);
    if (Number.isNaN(number)) return 'read';
    const reached = rule.kind === 'atLeast' ? number >= rule.limit : number <= rule.limit;
    return reached ? 'reaches' : 'below';
}

/** Another system, or none by name, is for a person to read. */
function versionStanding(name: string, limit: readonly number[], value: string): FigureStanding {
    const said = new RegExp(`${name}\\s*v?(\\d+(?:\\.\\d+)*)`, 'i').exec(value)?.[1];
    if (said === undefined) return 'read';
    const parts = said.split('.').map(Number);
    const at = limit.findIndex((each, place) => (parts[place] ?? 0) !== each);
    return at === -1 || (parts[at] ?? 0) > (limit[at] ?? 0) ? 'reaches' : 'below';
}

const BITS_PER_GB = 8e9;

/** Hours that a store holds at a bit rate: 64 GB at 16 Mbps are 8.9 hours, fewer than the 10 that stand beside them in 附件2. */
export const hoursStored = (storageGb: number, megabitsPerSecond: number): number =>
    (storageGb * BITS_PER_GB) / (megabitsPerSecond * 1e6) / 3_600;
