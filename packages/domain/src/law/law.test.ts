import { expect, it } from 'vitest';
import { citationFault, citationsText, citationText, inForce } from './citation.ts';
import { placeIn, searchLaws } from './law-search.ts';
import { LAWS, lawById } from './library.ts';

const DAY = '2026-11-18';

it('ids differ, days are days, editions of one title never overlap', () => {
    expect(new Set(LAWS.map((law) => law.id)).size).toBe(LAWS.length);
    for (const law of LAWS) {
        for (const day of [law.from, law.to ?? law.from]) expect(new Date(day).toISOString().slice(0, 10), law.id).toBe(day);
        expect(law.to === undefined || law.from <= law.to, law.id).toBe(true);
        expect(law.initials, law.id).toMatch(/^[a-z]+$/);
        for (const other of LAWS)
            if (other !== law && other.title === law.title)
                expect((law.to ?? '9999') < other.from || (other.to ?? '9999') < law.from, law.id).toBe(true);
    }
});

it('subjects are a few words of our own, not the text of an article', () => {
    for (const law of LAWS)
        for (const each of law.articles) {
            expect(each.topic.length, `${law.id} ${each.article}`).toBeLessThanOrEqual(24);
            expect(each.article).toBeGreaterThan(0);
        }
});

it('a citation prints as documents write it', () => {
    expect(citationText({ law: 'penalties2021', article: 57, paragraph: 1, item: 1 })).toBe(
        '《中华人民共和国行政处罚法》第五十七条第一款第（一）项',
    );
    expect(
        citationsText([
            { law: 'basicHealthcare2019', article: 38, paragraph: 2 },
            { law: 'basicHealthcare2019', article: 99 },
            { law: 'medicalWaste2011', article: 16 },
        ]),
    ).toBe('《中华人民共和国基本医疗卫生与健康促进法》第三十八条第二款、第九十九条、《医疗废物管理条例》第十六条');
});

it('the numbering of an edition ends the day before the next one begins', () => {
    const old = { law: 'infectiousDiseases2013', article: 55 };
    const now = { law: 'infectiousDiseases2025', article: 95 };
    expect([inForce(old, '2025-08-31'), inForce(now, '2025-08-31')]).toEqual([true, false]);
    expect([inForce(old, '2025-09-01'), inForce(now, '2025-09-01')]).toEqual([false, true]);
    expect(citationFault(now, '2025-08-31')).toBe('notYet');
    expect(citationFault(old, '2025-09-01')).toBe('noLonger');
});

it('says what it has not seen', () => {
    expect(citationFault({ law: 'penalties2021', article: 57 }, DAY)).toBeUndefined();
    expect(citationFault({ law: 'doctors2021', article: 59 }, DAY)).toBe('unverified');
    expect(citationFault({ law: 'penalties2021', article: 3 }, DAY)).toBe('unverified');
    expect(citationFault({ law: 'penalties2021', article: 0 }, DAY)).toBe('noArticle');
    expect(citationFault({ law: 'penalties2021', article: 57, item: -1 }, DAY)).toBe('noArticle');
    expect(citationFault({ law: 'nothing', article: 1 }, DAY)).toBe('unknownLaw');
});

it('is found by title, abbreviation, initials, number, subject and article', () => {
    const first = (words: string, day = DAY) => searchLaws(words, day)[0];
    expect(first('行政处罚')?.law.id).toBe('penalties2021');
    expect(first('处罚法')?.law.id).toBe('penalties2021');
    expect(first('xzcff')?.law.id).toBe('penalties2021');
    expect(first('XZCFF57')?.articles.map((each) => each.article)).toEqual([57]);
    expect(first('处罚法 第57条')?.articles.map((each) => each.article)).toEqual([57]);
    expect(first('处罚法第五十七条')?.articles.map((each) => each.article)).toEqual([57]);
    expect(first('《中华人民共和国行政处罚法》第五十七条第一款第（一）项')?.articles.map((each) => each.article)).toEqual([57]);
    expect(placeIn('《中华人民共和国行政处罚法》第五十七条第一款第（十二）项')).toEqual({ paragraph: 1, item: 12 });
    expect(placeIn('处罚法57')).toEqual({});
    // The library lists what is cited most; whoever needs another article of a law it knows can cite it, unverified.
    expect(first('处罚法13')).toMatchObject({
        law: { id: 'penalties2021' },
        articles: [{ article: 13, topic: '', verified: false }],
    });
    expect(first('第十三条')?.articles.every((each) => each.topic !== '')).toBe(true);
    expect(first('处罚法0')).toBeUndefined();
    expect(first('刑法第一条之一')).toBeUndefined();
    expect(first('87号')?.law.id).toBe('documentNorm2012');
    expect(first('先行登记')?.articles.map((each) => each.article)).toEqual([56]);
    expect(first('传染病')?.law.id).toBe('infectiousDiseases2025');
    expect(first('传染病', '2025-08-31')?.law.id).toBe('infectiousDiseases2013');
    expect(first('没有这样的法律')).toBeUndefined();
    expect(searchLaws('', DAY).length).toBeGreaterThan(30);
    expect(lawById('penalties2021')?.verified).toBe(true);
});
