import { notBuilt, type Treatments } from '../treatment.ts';

/** 附件1 第8–13条. */
export const ANNEX1_AT_THE_SCENE_TREATMENTS: Treatments = {
    'A1-10-1': {
        as: 'rule',
        zh: '每名监督员的音像与执法起止时间逐段对照，未覆盖的时间逐段列出并画在时间对照图上；设备时间未核对时为待人判断。',
        en: "Each officer's recordings are laid against the act, stretch by stretch; what is not covered is listed and drawn on the strip chart; where the clock is unknown a person has to look.",
        endpoints: ['act.get'],
        pages: ['/acts/$id'],
        tests: ['packages/domain/src/act/coverage.test.ts', 'packages/domain/src/act/coverage-segments.test.ts'],
    },
    'A1-11-7': {
        as: 'feature',
        zh: '易燃易爆、无菌等场所可登记不录音像的理由，由负责人确认后才生效。',
        en: 'A ground for not recording in explosive or sterile places is entered, and counts once the head has confirmed it.',
        endpoints: ['act.exempt'],
        pages: ['/acts/$id'],
        tests: ['apps/server/src/features/act/act-marks.test.ts', 'e2e/act-field.test.ts'],
    },
    'A1-8-1': notBuilt(
        'rule',
        '到场时间与开机时间的差值尚不判断。',
        'How soon after arrival the recorder was on is not judged yet.',
    ),
};
