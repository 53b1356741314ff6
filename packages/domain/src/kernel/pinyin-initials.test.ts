import { LAWS } from '@liuhen/domain';
import { describe, expect, it } from 'vitest';
import { pinyinInitials } from './pinyin-initials.ts';

describe('pinyin initials', () => {
    it.each([
        ['王李张刘陈杨赵黄周吴', 'wlzlcyzhzw'],
        ['徐孙胡朱高林何郭马罗', 'xshzglhgml'],
        ['梁宋郑谢韩唐冯于董萧', 'lszxhtfydx'],
        ['程曹袁邓许傅吕苏卢蒋', 'ccydxflslj'],
        ['蔡丁魏薛叶阎余潘杜戴', 'cdwxyyypdd'],
        ['夏钟汪田任姜范方谭廖', 'xzwtrjfftl'],
        ['邹熊金陆郝孔白崔康毛', 'zxjlhkbckm'],
        ['邱秦江史顾侯邵孟龙段', 'qqjsghsmld'],
        ['钱汤尹黎易常武贺赖龚', 'qtylycwhlg'],
        ['安欧鄂倪牛欧阳', 'aoennoy'],
        ['上海市浦东新区', 'shspdxq'],
        ['阳光口腔门诊部', 'ygkqmzb'],
        ['瑞金美容院', 'rjmry'],
        ['静安大酒店', 'jadjd'],
        ['第二人民医院', 'dermyy'],
        ['儿童游泳馆', 'etyyg'],
    ])('%s: %s', (text, initials) => {
        expect(pinyinInitials(text)).toContain(initials);
    });

    it('knows second readings of surnames and places', () => {
        expect(pinyinInitials('曾医生')).toEqual(['cys', 'zys']);
        expect(pinyinInitials('单位')).toEqual(expect.arrayContaining(['dw', 'sw']));
        expect(pinyinInitials('重庆银行')).toContain('cqyh');
        expect(pinyinInitials('厦门大厦')).toContain('xmds');
        expect(pinyinInitials('长宁区')).toContain('cnq');
        expect(pinyinInitials('翟覃')).toContain('zq');
        expect(pinyinInitials('重'.repeat(40)).length).toBeLessThanOrEqual(8);
    });

    it('keeps letters and figures and leaves out the rest', () => {
        expect(pinyinInitials('ＫＴＶ 888（静安店）')).toEqual(['ktv888jad']);
        expect(pinyinInitials('！—— ')).toEqual([]);
        expect(pinyinInitials('')).toEqual([]);
    });

    it('gives a letter to every one of the 20,900 common characters and none to what ICU cannot read', () => {
        const letters = Array.from(
            { length: 0x9fa5 - 0x4e00 + 1 },
            (_, at) => pinyinInitials(String.fromCodePoint(0x4e00 + at))[0],
        );
        expect(letters.filter((letter) => letter === undefined).length).toBeLessThan(20);
        expect(new Set(letters)).toEqual(new Set([...'abcdefghjklmnopqrstwxyz', undefined]));
        expect(pinyinInitials('𰀀')).toEqual([]);
    });
});

it('agrees with the initials written down in the law library', () => {
    for (const law of LAWS) {
        const title = law.title.replace('中华人民共和国', '');
        // Only characters with one reading are compared: 行 and 调 are found by either letter.
        const found = [...title].filter((character) => /\p{Script=Han}/u.test(character)).map(pinyinInitials);
        expect(law.initials, law.title).toHaveLength(found.length);
        for (const [at, readings] of found.entries()) expect(readings, `${law.title} ${at}`).toContain(law.initials[at]);
    }
});
