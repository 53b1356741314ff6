/**
 * What does not fit and is seen the same night: a recording whose act nobody has entered (`noAct`) or that is a question
 * (`question`), whose time or holder is unknown, two recorders on one person, a recorder in another hand than the register says
 * (`otherHand`, 附件1 第15条: 不得擅自转借), a check by somebody else, use after a fault was reported, what was to be back.
 */
export const SAME_NIGHT = [
    'noAct',
    'question',
    'noTime',
    'noHolder',
    'twoDevices',
    'otherHand',
    'checkedByOther',
    'usedFaulty',
    'overdueBack',
] as const;
export type SameNight = (typeof SAME_NIGHT)[number];
