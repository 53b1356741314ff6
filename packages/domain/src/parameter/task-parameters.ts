import { define } from './parameter.ts';
import { term } from './parameter-term.ts';

const complaintTerm = (zh: string, en: string) =>
    term({
        group: 'complaint',
        zh: `投诉举报办理（${zh}）`,
        en: `Handling of a complaint (${en})`,
        length: null,
        startsWith: ['收到之日', 'the day it came in'],
        basis: '各渠道期限不同，文本未取得；由本单位核定',
        standing: 'unknown',
    });

const gradeTable = (zh: string, en: string) =>
    define({
        group: 'inspection',
        zh: `双随机抽取中${zh}的权重（每行一个，如 B级｜2）`,
        en: `What a ${en} weighs in a double-random draw (one a line: the grade as entered, then ｜ and its weight)`,
        kind: 'lines',
        value: null,
        standing: 'own',
        basis: '本机构自定；未设时各对象权重均为 1',
        bound: 'free',
        // What a draw weighs by: a whole number from 1 to 100, one line for each grade.
        lineForm: /^(?<once>[^|｜]*[^|｜\s][^|｜]*)[|｜]\s*(?:[1-9]\d?|100)\s*$/u,
    });

/** Terms of complaints by channel, and what plans and draws ask for. */
export const TASK_PARAMETERS = {
    'complaint.termHotline': complaintTerm('12345 热线', 'hotline 12345'),
    'complaint.termPetition': complaintTerm('信访', 'petition office'),
    'complaint.termPhone': complaintTerm('来电', 'telephone'),
    'complaint.termVisit': complaintTerm('来访', 'visit'),
    'complaint.termOnline': complaintTerm('网络', 'online'),
    'complaint.termTransfer': complaintTerm('部门移送', 'sent on by another agency'),
    'inspection.capPerYear': define({
        group: 'inspection',
        zh: '同一相对人年度涉企行政检查频次上限',
        en: 'Most inspections of one party in a year',
        kind: 'count',
        value: null,
        standing: 'unknown',
        basis: '国办发〔2024〕54号要求公布年度频次上限；上海卫生健康领域的上限未取得。投诉举报、转办交办、复查、许可现场审查不计入',
        bound: 'free',
    }),
    'inspection.riskWeights': gradeTable('风险等级', 'risk grade'),
    'inspection.creditWeights': gradeTable('信用等级', 'credit grade'),
    'inspection.mostPerOfficer': define({
        group: 'inspection',
        zh: '一次双随机抽取中每名监督员最多分到的对象数',
        en: 'Most objects for one officer in one draw',
        kind: 'count',
        value: null,
        standing: 'own',
        basis: '本机构自定；未设时不限，按已分到的对象数由少到多随机确定',
        bound: 'free',
    }),
} as const;
