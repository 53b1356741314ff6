/** Why a figure that an organisation decides on was not proposed or not approved. */
export const parameterErrorsZh = {
    'parameter.valueWrong': '填写的值与这项参数不符',
    'parameter.lineWrong': '“{line}”这一行的写法不对，请按参数名称里的例子写',
    'parameter.lineTwice': '“{what}”写了两行：“{line}”；每项只写一行',
    'parameter.standingWrong': '本机构自定的参数不标核实情况；其他参数须说明已核实或待核实',
    'parameter.rewritesHistory': '这一天已有生效的值，期限和文书都是按它算的，不能倒改；请从今天或以后的日期起生效',
    'parameter.fixed': '这一期限由法律直接规定（{basis}），机构不能改动',
    'parameter.unitDiffers': '计算单位须与法律规定的一致（{basis}）',
    'parameter.looser': '不能超过法律规定的 {limit}（{basis}），机构只能从严',
    'parameter.shorter': '不能少于法律规定的 {limit}（{basis}），机构只能从严',
    'parameter.widens': '“{line}”不在通知所列之内（{basis}）：这份清单只能减少，或者在所列的后面加括号限定',
    'parameter.proposalNotFound': '没有这项提议，或者它不归您所在的机构',
    'parameter.proposalSettled': '这项提议已有结果，不能再改',
    'parameter.ownProposal': '这是您自己提议的，须由另一人批准或不批准',
    'parameter.decidedWithin': '提议的机构里还有别人可以批准，上级机构不代为决定',
    'parameter.notYourProposal': '只有提议人可以撤回；不同意的，请选择不批准并说明理由',
    'parameter.changedSince': '提议之后，它要取代的内容已经变了，这项提议不再适用；请不批准，并按现行的内容重新提议',
    'parameter.dayOfOtherYear': '有的日期不在 {year} 年内',
    'parameter.dayOffAndWorked': '同一天不能既放假又上班',
};

export const parameterErrorsEn: Record<keyof typeof parameterErrorsZh, string> = {
    'parameter.valueWrong': 'The value does not suit this parameter',
    'parameter.lineWrong': 'The line “{line}” is not written as this parameter asks; see the example in its name',
    'parameter.lineTwice': '“{what}” stands in two lines: “{line}”; write one line for each',
    'parameter.standingWrong': 'What the organisation itself sets is not marked as verified or not; anything else says which',
    'parameter.rewritesHistory':
        'A value was in force on that day, and deadlines and documents were made with it; let the new one count from today or later',
    'parameter.fixed': 'The law itself sets this term ({basis}); an organisation cannot change it',
    'parameter.unitDiffers': 'The unit must be that of the law ({basis})',
    'parameter.looser': 'Not above the {limit} of the law ({basis}): an organisation may only be stricter',
    'parameter.shorter': 'Not below the {limit} of the law ({basis}): an organisation may only be stricter',
    'parameter.widens':
        '“{line}” is not among what the notice names ({basis}): lines may be left out, or narrowed by brackets after them',
    'parameter.proposalNotFound': 'There is no such proposal, or it is not for your organisation',
    'parameter.proposalSettled': 'This proposal is settled and stays as it is',
    'parameter.ownProposal': 'You proposed this yourself; somebody else approves or refuses it',
    'parameter.decidedWithin': 'Somebody else of that organisation can decide, so an organisation above does not',
    'parameter.notYourProposal': 'Only whoever proposed it takes it back; whoever does not agree refuses it with a reason',
    'parameter.changedSince':
        'What it would take the place of has changed since it was proposed; refuse it and have it proposed anew against what is in force',
    'parameter.dayOfOtherYear': 'Some of the days are not in {year}',
    'parameter.dayOffAndWorked': 'A day cannot be both off and worked',
};
