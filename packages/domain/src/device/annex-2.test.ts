import { expect, it } from 'vitest';
import { ANNEX_2_CONTRADICTION, ANNEX_2_REQUIREMENTS } from './annex-2.ts';

/** 附件2 of the notice, clause by clause, as it was read: id, item and words. */
const CLAUSES: readonly (readonly [string, string, string])[] = [
    ['A2-1', 'CPU', '四核2.0GHz及以上'],
    ['A2-2', '操作系统', 'Android8.1及以上'],
    ['A2-3', '存储容量', '支持不低于10小时的最高分辨率视频存储'],
    ['A2-4', '摄像头', '支持外接摄像头'],
    ['A2-5', '屏幕', '2.4英寸及以上'],
    ['A2-6', '电池', '支持不低于8小时摄录'],
    ['A2-7', '卫星定位', '支持北斗卫星导航定位'],
    ['A2-8', '无线传输', '4G/5G全网通'],
    ['A2-9', '扬声器', '内置扬声器，大于等于2W'],
    ['A2-10', '红外夜视', '10米内人体轮廓的清晰拍摄'],
    ['A2-11', 'NFC', 'NFC'],
    ['A2-12', '蓝牙', '支持蓝牙4.0及以上'],
    ['A2-13', '视场角', '水平视场角大于等于120°'],
    ['A2-14', '视频分辨率', '大于或等于1920*1080'],
    ['A2-15', '视频帧率', '大于或等于30帧/秒'],
    ['A2-16', '视频编码格式', '支持H.264或H.265视频编码格式'],
    ['A2-17', '视音频同步', '视音频信号失步时间应小于等于1秒'],
    ['A2-18', '抓拍功能', '可抓拍与视频分辨率相同的照片'],
    ['A2-19', '防护等级', 'IP67'],
    ['A2-20', '防护性能', '抗2米自由跌落水泥地面'],
    ['A2-21', '加密技术', '支持软件加密或硬件加密'],
    ['A2-22', '实时双向音视频传输', '实时双向音视频传输'],
    ['A2-23', '移动侦测', '移动侦测'],
    ['A2-24', '集群对讲', '集群对讲'],
    ['A2-25', '系统安全性', '符合国家安全等级保护制度要求的安全接入服务'],
    ['A2-26', '数据完整性', '编码视频流应有防篡改、防非法复制等认证措施'],
    ['A2-27', '数据完整性', '在换取电池过程中可保持10min不断电工作'],
    ['A2-28', '数据完整性', '在关机前可自动保存所记录数据'],
    ['A2-29', '可视遥控操作', '支持使用可视遥控操作完成全部或部分操作'],
    ['A2-30', '异常报警', '支持具有电池欠压、存储溢出报警功能'],
    ['A2-31', '重点文件标记', '执法记录仪在摄录过程中可按相应的按键对此视频文件进行标记'],
    ['A2-32', '计时误差', '与标准时间的计时误差应小于或等于3秒/天'],
];

it('every clause of 附件2 is a requirement here, and every requirement is a clause, in its own words', () => {
    expect(ANNEX_2_REQUIREMENTS.map(({ id, item, quote }) => [id, item, quote])).toEqual(CLAUSES);
});

it('the contradiction is arithmetic', () => {
    const { gigabytes, hours, megabits, neededGigabytes, reachedHundredths, fittingHundredths } = ANNEX_2_CONTRADICTION;
    expect((megabits * 1e6 * hours * 3_600) / 8 / 1e9).toBe(neededGigabytes);
    expect(Math.floor((gigabytes * 1e9 * 8 * 100) / (megabits * 1e6 * 3_600))).toBe(reachedHundredths);
    expect(Math.floor((gigabytes * 1e9 * 8 * 100) / (hours * 3_600) / 1e6)).toBe(fittingHundredths);
    expect(neededGigabytes).toBeGreaterThan(gigabytes);
});
